package kerava.data.records;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kerava.config.Listed;
import kerava.data.images.ImageHeader;
import kerava.data.images.ImagePixels;
import kerava.files.DatasetException;
import kerava.files.Limits;
import kerava.graph.Array;

/**
 * One {@code tf.Example}, and where it stands.
 *
 * @param file the file
 * @param offset where its record begins, in bytes
 * @param features those of its features that are asked for
 * @param names of its features
 */
public record RecordExample(
    Path file, long offset, Map<String, RecordFeature> features, List<String> names) {
  private static final int FEATURES = tag(1);
  private static final int KEY = tag(1);
  private static final int VALUE = tag(2);

  /** How many names a refusal is given; it lists a few. */
  private static final int NAMED = 100;

  private static int tag(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /** Reads the features of a spec, and of all else no more than its name. */
  static RecordExample parse(Path file, long offset, byte[] record, FeatureSpec spec)
      throws DatasetException {
    RecordExample example = new RecordExample(file, offset, new HashMap<>(), new ArrayList<>());
    try {
      CodedInputStream in = CodedInputStream.newInstance(record);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == FEATURES) {
          int limit = in.pushLimit(in.readRawVarint32());
          example.addAll(in, spec);
          in.popLimit(limit);
        } else {
          in.skipField(tag);
        }
      }
      return example;
    } catch (DatasetException e) {
      throw e;
    } catch (IOException e) {
      throw new DatasetException(
          file, "expected a tf.Example at byte %d, got other bytes.".formatted(offset), e);
    }
  }

  private void addAll(CodedInputStream in, FeatureSpec spec) throws IOException {
    int most = Limits.current().features();
    int count = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != FEATURES) {
        in.skipField(tag);
        continue;
      }
      if (++count > most) {
        throw refuse("an example of at most " + most + " features", "more");
      }
      int limit = in.pushLimit(in.readRawVarint32());
      add(in, spec);
      in.popLimit(limit);
    }
  }

  /** Takes an entry, in which the name may stand behind the value. */
  private void add(CodedInputStream in, FeatureSpec spec) throws IOException {
    String name = "";
    RecordFeature value = new RecordFeature();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == KEY) {
        name = in.readStringRequireUtf8();
      } else if (tag == VALUE && (name.isEmpty() || spec.reads(name))) {
        int limit = in.pushLimit(in.readRawVarint32());
        value = RecordFeature.read(in);
        in.popLimit(limit);
      } else {
        in.skipField(tag);
      }
    }
    if (spec.reads(name)) {
      features.put(name, value);
    }
    if (names.size() < NAMED) {
      names.add(name);
    }
  }

  private DatasetException refuse(String expected, String got) {
    return new DatasetException(
        file, "expected %s at byte %d, got %s.".formatted(expected, offset, got));
  }

  private RecordFeature feature(String name) throws DatasetException {
    RecordFeature feature = features.get(name);
    if (feature == null) {
      throw refuse(
          "an example with the feature \"" + name + "\"", "one with [" + Listed.of(names) + "]");
    }
    return feature;
  }

  /** Whether the label is a class number, and not targets. */
  boolean hasClass(String name) throws DatasetException {
    return feature(name).kind() == RecordFeature.Kind.INT64_LIST;
  }

  int label(String name) throws DatasetException {
    RecordFeature feature = feature(name);
    if (feature.count(RecordFeature.Kind.INT64_LIST) != 1) {
      throw refuse(
          "one whole number as \"" + name + "\"",
          kind(feature, feature.count(RecordFeature.Kind.INT64_LIST)));
    }
    long label = feature.whole();
    int classes = Limits.current().classes();
    if (label < 0) {
      throw refuse("a class number as \"" + name + "\"", String.valueOf(label));
    }
    if (label >= classes) {
      throw refuse(
          "a class number below %d as \"%s\" (-Dkerava.limits.classes)".formatted(classes, name),
          String.valueOf(label));
    }
    return (int) label;
  }

  private static String kind(RecordFeature feature, int count) {
    return feature.kind() == RecordFeature.Kind.KIND_NOT_SET
        ? "nothing"
        : count + " values in its " + feature.kind();
  }

  float[] targets(String name) throws DatasetException {
    RecordFeature feature = feature(name);
    int count = feature.count(RecordFeature.Kind.FLOAT_LIST);
    if (count == 0) {
      throw refuse("a class number or targets as \"" + name + "\"", kind(feature, count));
    }
    return feature.floats();
  }

  /** Whether the input is bytes of pixels, or an image that has the size wanted. */
  boolean keepsBytes(FeatureSpec spec) throws DatasetException {
    byte[] bytes = image(spec);
    if (raw(spec, bytes)) {
      return true;
    }
    ImageHeader header = header(spec, bytes);
    return spec.images().orElseThrow().keeps(header.height(), header.width());
  }

  private boolean raw(FeatureSpec spec, byte[] bytes) {
    return bytes.length == spec.inputShape().size() && !ImageHeader.begins(bytes);
  }

  private ImageHeader header(FeatureSpec spec, byte[] bytes) throws DatasetException {
    try {
      return ImageHeader.of(file, bytes);
    } catch (DatasetException e) {
      throw neither(spec, bytes, e);
    }
  }

  private byte[] image(FeatureSpec spec) throws DatasetException {
    RecordFeature feature = feature(spec.input());
    if (feature.count(RecordFeature.Kind.BYTES_LIST) != 1) {
      throw refuse(
          "an image as \"" + spec.input() + "\"",
          kind(feature, feature.count(RecordFeature.Kind.BYTES_LIST)));
    }
    return feature.bytes();
  }

  private DatasetException neither(FeatureSpec spec, byte[] bytes, IOException cause) {
    return new DatasetException(
        file,
        "expected an image or %d pixels at byte %d, got %d bytes that are neither."
            .formatted(spec.inputShape().size(), offset, bytes.length),
        cause);
  }

  /** The input as bytes of pixels, which it {@linkplain #keepsBytes keeps}. */
  public byte[] bytes(FeatureSpec spec) throws DatasetException {
    byte[] bytes = image(spec);
    if (raw(spec, bytes)) {
      return bytes;
    }
    try {
      return ImagePixels.decoded(file, bytes, spec.images().orElseThrow().colorMode()).bytes();
    } catch (IOException e) {
      throw neither(spec, bytes, e);
    }
  }

  /** The input as pixels from 0 to 255, of the size wanted. */
  public float[] pixels(FeatureSpec spec) throws DatasetException {
    byte[] bytes = image(spec);
    if (raw(spec, bytes)) {
      return Array.of(bytes, bytes.length).to(Array.Type.FLOAT32).floats();
    }
    try {
      return ImagePixels.resized(file, bytes, spec.images().orElseThrow()).floats();
    } catch (IOException e) {
      throw neither(spec, bytes, e);
    }
  }

  /** The input as numbers. */
  public float[] numbers(FeatureSpec spec) throws DatasetException {
    RecordFeature feature = feature(spec.input());
    long wanted = spec.inputShape().size();
    if (feature.count(RecordFeature.Kind.BYTES_LIST) == 1
        && feature.bytes().length == wanted * Float.BYTES) {
      float[] values = new float[(int) wanted];
      ByteBuffer bytes = ByteBuffer.wrap(feature.bytes());
      bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      return values;
    }
    if (feature.count(RecordFeature.Kind.FLOAT_LIST) != wanted) {
      throw refuse(
          wanted + " numbers as \"" + spec.input() + "\"",
          kind(feature, feature.count(RecordFeature.Kind.FLOAT_LIST)));
    }
    return feature.floats();
  }
}
