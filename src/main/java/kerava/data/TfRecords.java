package kerava.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import kerava.data.records.OpenFiles;
import kerava.data.records.RecordExample;
import kerava.data.records.RecordFiles;
import kerava.data.records.RecordIndex;
import kerava.files.DatasetException;
import kerava.graph.Array;
import kerava.graph.Rows;
import kerava.images.Preprocessing;
import org.tensorflow.ndarray.Shape;

/**
 * Files of {@code tf.Example} records (TFRecord), as TensorFlow's pipelines write and read them.
 *
 * <p>Samples stay on the disk. Opening reads every file once, checks its checksums, and keeps where
 * each record begins and its label: 20 bytes a sample. Samples are read again when they are asked
 * for, several at a time, and training reads ahead of its steps.
 *
 * <p>Labels are class numbers where the feature is an integer, targets where it is a list of
 * floats.
 *
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord">TensorFlow: TFRecord and
 *     tf.Example</a>
 */
public final class TfRecords implements Dataset {
  private final RecordIndex index;
  private final RecordFormat format;

  private TfRecords(RecordIndex index, RecordFormat format) {
    this.index = index;
    this.format = format;
  }

  /**
   * The records of some files, in their order.
   *
   * @throws DatasetException if a file is cut off or damaged, or holds other records; the message
   *     names the file and the byte
   * @throws IOException if a file cannot be read
   */
  public static TfRecords open(List<Path> files, RecordFormat format) throws IOException {
    RecordIndex index = RecordIndex.read(List.copyOf(files), format.spec());
    return new TfRecords(index, numbered(format, index.labels()));
  }

  private static RecordFormat numbered(RecordFormat format, Array... labels) {
    if (!format.classNames().isEmpty()) {
      return format;
    }
    int classes = 0;
    for (Array some : labels) {
      classes =
          some.type() == Array.Type.INT32
              ? Math.max(classes, Arrays.stream(some.ints()).max().orElse(-1) + 1)
              : (int) some.shape().get(1);
    }
    return format.withClassNames(IntStream.range(0, classes).mapToObj(String::valueOf).toList());
  }

  /** Whether a folder holds files of records: such that have {@code .tfrecord} in their names. */
  public static boolean in(Path folder) throws IOException {
    return Files.isDirectory(folder) && !RecordFiles.in(folder, "").isEmpty();
  }

  /**
   * The records of a folder as a split: the files whose names begin with {@code train} and those
   * with {@code test}, if there are both, and otherwise four fifths and a fifth of all records. The
   * lines of a file {@code classes.txt} are the names of the classes.
   *
   * @throws DatasetException if there are no records, or they cannot be read
   * @throws IOException if the folder cannot be listed
   */
  public static Split load(Path folder, RecordFormat format) throws IOException {
    RecordFormat named = RecordFiles.classNames(folder).map(format::withClassNames).orElse(format);
    List<Path> train = RecordFiles.in(folder, "train");
    List<Path> test = RecordFiles.in(folder, "test");
    if (train.isEmpty() || test.isEmpty()) {
      return split(folder, open(RecordFiles.in(folder, ""), named));
    }
    TfRecords first = open(train, named);
    TfRecords second = open(test, named);
    RecordFormat both = numbered(named, first.labels(), second.labels());
    return new TrainTestSplit(
        new TfRecords(first.index, both),
        new TfRecords(second.index, both),
        "records from train and test in " + folder);
  }

  private static Split split(Path folder, TfRecords all) throws DatasetException {
    if (all.size() < 2) {
      throw new DatasetException(
          folder, "expected at least 2 records to part, got %d.".formatted(all.size()));
    }
    int[] order = IntStream.range(0, all.size()).toArray();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    int tests = Math.max(1, order.length / 5);
    int[] test = Arrays.copyOfRange(order, 0, tests);
    int[] train = Arrays.copyOfRange(order, tests, order.length);
    // In the order of the files, so that reading them in turn is fast.
    Arrays.sort(test);
    Arrays.sort(train);
    return new TrainTestSplit(
        new TfRecords(all.index.only(train), all.format),
        new TfRecords(all.index.only(test), all.format),
        "records from " + folder + ", parted with seed 1");
  }

  /**
   * Writes a data set as records that this class and Python's {@code tf.data} read: images of one
   * or three channels as PNG in the feature {@code image}, their pixels as whole numbers; other
   * inputs as floats in the feature {@code input}; the label in {@code label}.
   *
   * @param file where; a file that is there is replaced when all is written
   * @throws IOException if it cannot be written
   */
  public static void write(Dataset data, Path file) throws IOException {
    RecordsWriter.write(data, file);
  }

  @Override
  public int size() {
    return index.size();
  }

  @Override
  public Shape inputShape() {
    return format.inputShape();
  }

  @Override
  public Array inputs(int[] indices) {
    ArrayDataset.checkIndices(indices, size());
    int one = Rows.length(format.inputShape());
    int all = Rows.length(format.inputShape().prepend(indices.length));
    List<Long> shape = new ArrayList<>(List.of((long) indices.length));
    Arrays.stream(format.inputShape().asArray()).forEach(shape::add);
    long[] dimensions = shape.stream().mapToLong(Long::longValue).toArray();
    if (index.keepsBytes()) {
      byte[] pixels = new byte[all];
      each(indices, (i, at) -> System.arraycopy(at.bytes(format.spec()), 0, pixels, i * one, one));
      return Array.of(pixels, dimensions);
    }
    float[] numbers = new float[all];
    each(
        indices,
        (i, at) -> {
          float[] input = pixels() ? at.pixels(format.spec()) : at.numbers(format.spec());
          System.arraycopy(input, 0, numbers, i * one, one);
        });
    return Array.of(numbers, dimensions);
  }

  /** Does something with a record. */
  @FunctionalInterface
  private interface Reading {
    void take(int position, RecordExample example) throws IOException;
  }

  private void each(int[] indices, Reading reading) {
    try (OpenFiles open = index.open()) {
      IntStream.range(0, indices.length)
          .parallel()
          .forEach(i -> take(reading, i, () -> index.example(open, indices[i], format.spec())));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Reads a record. */
  @FunctionalInterface
  private interface Source {
    RecordExample read() throws IOException;
  }

  private static void take(Reading reading, int position, Source source) {
    try {
      reading.take(position, source.read());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public Array labels(int[] indices) {
    ArrayDataset.checkIndices(indices, size());
    return index.labels(indices);
  }

  @Override
  public Array labels() {
    return index.labels();
  }

  @Override
  public boolean inMemory() {
    return false;
  }

  /** Files that were written from a folder of images, without a new order, are so. */
  @Override
  public boolean orderedByClass() {
    int[] numbers = labels().ints();
    int last = numbers.length - 1;
    return IntStream.range(0, Math.max(0, last)).allMatch(i -> numbers[i] <= numbers[i + 1])
        && last > 0
        && numbers[0] < numbers[last];
  }

  @Override
  public Array.Type inputType() {
    return index.keepsBytes() ? Array.Type.UINT8 : Array.Type.FLOAT32;
  }

  @Override
  public boolean pixels() {
    return format.images().isPresent();
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return format.images();
  }

  @Override
  public List<String> classNames() {
    return format.classNames();
  }
}
