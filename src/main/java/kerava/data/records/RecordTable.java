package kerava.data.records;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import kerava.config.Listed;
import kerava.config.Visible;
import kerava.files.DatasetException;
import kerava.files.Limits;
import kerava.files.RecordException;
import kerava.files.RecordReader;
import kerava.graph.Array;
import kerava.graph.Rows;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;

/** All features of {@code tf.Example} records as arrays, a row a record. */
public final class RecordTable {
  private final Map<String, List<Feature>> columns = new TreeMap<>();

  private RecordTable() {}

  /**
   * Reads files of records that all have the same features, with as many values each.
   *
   * @return by the names of the features, of shape (records, values): INT64, FLOAT32 or STRING
   * @throws DatasetException if a file is damaged, or holds other examples
   * @throws IOException if a file cannot be read
   */
  public static Map<String, Array> read(List<Path> files) throws IOException {
    RecordTable table = new RecordTable();
    for (Path file : files) {
      try (RecordReader reader = RecordReader.open(file)) {
        long offset = 0;
        for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
          table.add(file, offset, next.get());
          offset = reader.offset();
        }
      } catch (RecordException e) {
        throw new DatasetException(file, String.valueOf(e.getMessage()), e);
      }
    }
    Map<String, Array> arrays = new TreeMap<>();
    table.columns.forEach((name, features) -> arrays.put(name, array(features)));
    return arrays;
  }

  private void add(Path file, long offset, byte[] record) throws DatasetException {
    Map<String, Feature> features;
    try {
      features = Example.parseFrom(record).getFeatures().getFeatureMap();
    } catch (InvalidProtocolBufferException e) {
      throw new DatasetException(
          file, "expected a tf.Example at byte %d, got other bytes.".formatted(offset), e);
    }
    if (columns.isEmpty()) {
      begin(file, features);
    }
    if (!features.keySet().equals(columns.keySet())) {
      throw new DatasetException(
          file,
          Visible.of(
              "expected an example with [%s] at byte %d, got one with [%s]."
                  .formatted(
                      Listed.of(columns.keySet()),
                      offset,
                      Listed.of(new TreeMap<>(features).keySet()))));
    }
    for (Map.Entry<String, List<Feature>> one : columns.entrySet()) {
      List<Feature> column = one.getValue();
      Feature feature = Objects.requireNonNull(features.get(one.getKey()));
      if (!column.isEmpty()) {
        requireAlike(file, offset, one.getKey(), column.get(0), feature);
      }
      column.add(feature);
    }
  }

  private void begin(Path file, Map<String, Feature> features) throws DatasetException {
    int most = Limits.current().features();
    if (features.isEmpty() || features.size() > most) {
      throw new DatasetException(
          file,
          "expected an example of 1 to %d features, got %d.".formatted(most, features.size()));
    }
    features.keySet().forEach(name -> columns.put(name, new ArrayList<>()));
  }

  private static void requireAlike(
      Path file, long offset, String name, Feature first, Feature feature) throws DatasetException {
    if (first.getKindCase() != feature.getKindCase() || count(first) != count(feature)) {
      throw new DatasetException(
          file,
          Visible.of(
              "expected %d values in a %s as \"%s\" at byte %d, as in the first example, got %d in a %s."
                  .formatted(
                      count(first),
                      first.getKindCase(),
                      name,
                      offset,
                      count(feature),
                      feature.getKindCase())));
    }
  }

  private static int count(Feature feature) {
    return switch (feature.getKindCase()) {
      case INT64_LIST -> feature.getInt64List().getValueCount();
      case FLOAT_LIST -> feature.getFloatList().getValueCount();
      case BYTES_LIST -> feature.getBytesList().getValueCount();
      case KIND_NOT_SET -> 0;
    };
  }

  private static Array array(List<Feature> features) {
    return Rows.joined(features.stream().map(RecordTable::row).toList());
  }

  private static Array row(Feature feature) {
    int count = count(feature);
    return switch (feature.getKindCase()) {
      case INT64_LIST ->
          Array.of(
              feature.getInt64List().getValueList().stream().mapToLong(Long::longValue).toArray(),
              1,
              count);
      case BYTES_LIST ->
          Array.of(
              feature.getBytesList().getValueList().stream()
                  .map(bytes -> bytes.toString(StandardCharsets.UTF_8))
                  .toArray(String[]::new),
              1,
              count);
      case FLOAT_LIST, KIND_NOT_SET -> {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
          values[i] = feature.getFloatList().getValue(i);
        }
        yield Array.of(values, 1, count);
      }
    };
  }
}
