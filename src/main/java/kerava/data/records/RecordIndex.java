package kerava.data.records;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.files.DatasetException;
import kerava.files.RecordException;
import kerava.files.RecordReader;
import kerava.graph.Array;
import kerava.graph.Rows;
import org.tensorflow.ndarray.Shape;

/** Where the records of some files stand, and their labels: all of them that is held in memory. */
public final class RecordIndex {
  private final List<Path> files;

  /**
   * Two numbers a record: that of its file with its length in the lower half, and the byte where it
   * begins.
   */
  private final long[] places;

  private final Array labels;
  private final boolean keepsBytes;

  private RecordIndex(List<Path> files, long[] places, Array labels, boolean keepsBytes) {
    this.files = files;
    this.places = places;
    this.labels = labels;
    this.keepsBytes = keepsBytes;
  }

  /** Whether all inputs are images that need no other size. */
  public boolean keepsBytes() {
    return keepsBytes;
  }

  /**
   * Reads all files once, one record at a time.
   *
   * @throws DatasetException if one is damaged, or does not hold examples of the spec
   */
  public static RecordIndex read(List<Path> files, FeatureSpec spec) throws IOException {
    Builder builder = new Builder(spec);
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      try (RecordReader reader = RecordReader.open(file)) {
        long offset = 0;
        for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
          byte[] record = next.get();
          long place = (long) i << Integer.SIZE | record.length;
          builder.add(place, RecordExample.parse(file, offset, record, spec));
          offset = reader.offset();
        }
      } catch (RecordException e) {
        throw new DatasetException(file, String.valueOf(e.getMessage()), e);
      }
    }
    return builder.index(files);
  }

  /** INT32 of shape (records), or FLOAT32 of shape (records, ...). */
  public Array labels() {
    return labels;
  }

  /** How many records there are. */
  public int size() {
    return places.length / 2;
  }

  /** The files, to read records from again. */
  public OpenFiles open() {
    return new OpenFiles(files);
  }

  /** One record, read again. */
  public RecordExample example(OpenFiles open, int index, FeatureSpec spec) throws IOException {
    int number = (int) (places[2 * index] >>> Integer.SIZE);
    int length = (int) places[2 * index];
    long offset = places[2 * index + 1];
    Path file = files.get(number);
    try {
      byte[] bytes = open.read(number, offset, RecordReader.framed(length));
      return RecordExample.parse(file, offset, RecordReader.read(file, offset, bytes), spec);
    } catch (RecordException e) {
      throw new DatasetException(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** The labels of some records, as {@link #labels()} has them. */
  public Array labels(int[] indices) {
    return Rows.of(labels, indices);
  }

  /** Some of the records. */
  public RecordIndex only(int[] indices) {
    long[] some = new long[2 * indices.length];
    for (int i = 0; i < indices.length; i++) {
      some[2 * i] = places[2 * indices[i]];
      some[2 * i + 1] = places[2 * indices[i] + 1];
    }
    return new RecordIndex(files, some, labels(indices), keepsBytes);
  }

  /** An index to which record after record is added. */
  private static final class Builder {
    private final FeatureSpec spec;
    private long[] places = new long[1024];
    private int[] classes = new int[512];
    private final List<float[]> targets = new ArrayList<>();
    private int count;
    private boolean keepsBytes = true;

    Builder(FeatureSpec spec) {
      this.spec = spec;
    }

    void add(long fileAndLength, RecordExample example) throws DatasetException {
      if (2 * count + 2 > places.length) {
        places = Arrays.copyOf(places, Math.multiplyExact(places.length, 2));
        classes = Arrays.copyOf(classes, places.length / 2);
      }
      places[2 * count] = fileAndLength;
      places[2 * count + 1] = example.offset();
      boolean classNumbers = count == 0 ? example.hasClass(spec.label()) : targets.isEmpty();
      if (classNumbers) {
        classes[count] = example.label(spec.label());
      } else {
        targets.add(example.targets(spec.label()));
        if (targets.get(0).length != targets.get(count).length) {
          throw new DatasetException(
              example.file(),
              "expected %d targets at byte %d, as before, got %d."
                  .formatted(targets.get(0).length, example.offset(), targets.get(count).length));
        }
      }
      keepsBytes = keepsBytes && spec.images().isPresent() && example.keepsBytes(spec);
      count++;
    }

    RecordIndex index(List<Path> files) {
      long[] all = Arrays.copyOf(places, 2 * count);
      if (targets.isEmpty()) {
        return new RecordIndex(
            files, all, Array.of(Arrays.copyOf(classes, count), count), keepsBytes);
      }
      int width = targets.get(0).length;
      float[] values = new float[Rows.length(Shape.of(count, width))];
      for (int i = 0; i < count; i++) {
        System.arraycopy(targets.get(i), 0, values, i * width, width);
      }
      return new RecordIndex(files, all, Array.of(values, count, width), keepsBytes);
    }
  }
}
