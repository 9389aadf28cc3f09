package kerava.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kerava.graph.Array;
import kerava.graph.Rows;
import org.apache.commons.io.FilenameUtils;
import org.tensorflow.ndarray.Shape;

/**
 * A folder of image files with one subfolder for each class.
 *
 * <p>Classes are numbered in the order of their folders' names. Files whose names do not end in
 * png, jpg, jpeg, bmp or gif are left out, as is everything whose name begins with a dot. Images
 * are read when they are asked for, several at a time, as {@link Images#read} does.
 *
 * <p>Inputs are UINT8 of shape (samples, height, width, 3) with {@link Dataset#divisor} 255, labels
 * are class numbers, INT32 of shape (samples).
 *
 * @see <a href="https://keras.io/api/data_loading/image/">Keras: image_dataset_from_directory</a>
 */
public final class ImageFolder implements Dataset {
  private static final int DEFAULT_SIDE = 32;
  private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "bmp", "gif");

  private final Path folder;
  private final Shape inputShape;
  private final List<String> classNames;
  private final List<Sample> samples;

  private record Sample(Path file, int label) {}

  private ImageFolder(
      Path folder, Shape inputShape, List<String> classNames, List<Sample> samples) {
    this.folder = folder;
    this.inputShape = inputShape;
    this.classNames = classNames;
    this.samples = samples;
  }

  /**
   * The images of a folder, resized to 32 by 32 pixels where they have another size.
   *
   * @throws DatasetException if it is no folder, has no subfolders, or one of them has no image
   * @throws IOException if it cannot be listed
   */
  public static ImageFolder of(Path folder) throws IOException {
    return of(folder, DEFAULT_SIDE, DEFAULT_SIDE);
  }

  /**
   * The images of a folder, resized where they have another size.
   *
   * @param folder holds one folder of images for each class
   * @param height in pixels, at least 1
   * @param width in pixels, at least 1
   * @throws DatasetException if it is no folder, has no subfolders, or one of them has no image
   * @throws IOException if it cannot be listed
   */
  public static ImageFolder of(Path folder, int height, int width) throws IOException {
    Images.checkSize(height, width);
    List<Path> classes = classFolders(folder);
    List<Sample> samples = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      for (Path file : images(classes.get(label))) {
        samples.add(new Sample(file, label));
      }
    }
    return new ImageFolder(
        folder,
        Shape.of(height, width, Images.CHANNELS),
        classes.stream().map(path -> path.getFileName().toString()).toList(),
        List.copyOf(samples));
  }

  private static List<Path> classFolders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new DatasetException(
          folder,
          "expected a folder with one subfolder for each class, got "
              + (Files.exists(folder) ? "a file" : "nothing at " + folder)
              + ".");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> classes =
          entries.filter(path -> Files.isDirectory(path) && !hidden(path)).sorted().toList();
      if (classes.isEmpty()) {
        throw new DatasetException(
            folder, "expected one subfolder for each class in %s, got none.".formatted(folder));
      }
      return classes;
    }
  }

  private static List<Path> images(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      List<Path> files =
          entries
              .filter(path -> isImage(path) && !hidden(path) && Files.isRegularFile(path))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new DatasetException(
            folder,
            "expected images (png, jpg, jpeg, bmp, gif) in %s, got none.".formatted(folder));
      }
      return files;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean hidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  private static boolean isImage(Path path) {
    String extension = FilenameUtils.getExtension(path.getFileName().toString());
    return EXTENSIONS.contains(extension.toLowerCase(Locale.ROOT));
  }

  /**
   * The images of a folder in two parts: its subfolders {@code train} and {@code test}, each with
   * the same classes, if it has both, and otherwise a {@link #split} that leaves a fifth to test
   * on.
   *
   * @param folder holds one folder of images for each class, or two folders that do
   * @param height in pixels, at least 1
   * @param width in pixels, at least 1
   * @throws DatasetException if there are no images, or the classes of the two parts differ
   * @throws IOException if it cannot be listed
   */
  public static Split load(Path folder, int height, int width) throws IOException {
    Path train = folder.resolve("train");
    Path test = folder.resolve("test");
    if (!Files.isDirectory(train) || !Files.isDirectory(test)) {
      return of(folder, height, width).split(0.2, 1);
    }
    Dataset first = of(train, height, width);
    Dataset second = of(test, height, width);
    if (!first.classNames().equals(second.classNames())) {
      throw new DatasetException(
          test,
          "expected the classes of train, %s, got %s."
              .formatted(first.classNames(), second.classNames()));
    }
    return new Parts(first, second, "images from train and test in " + folder);
  }

  /**
   * Parts the samples into some to train on and some to test on, class by class.
   *
   * @param testPart how much of each class to test on, above 0 and below 1; the number is rounded,
   *     but of each class at least one image is left to train on
   * @param seed decides which ones; the same seed and files give the same parts
   * @throws IllegalArgumentException if the part is not between 0 and 1, or nothing is left to test
   *     on
   */
  public Split split(double testPart, long seed) {
    if (!(testPart > 0 && testPart < 1)) {
      throw new IllegalArgumentException(
          "ImageFolder: expected a part above 0 and below 1 to test on, got " + testPart + ".");
    }
    List<Sample> train = new ArrayList<>();
    List<Sample> test = new ArrayList<>();
    Random random = new Random(seed);
    for (int label = 0; label < classNames.size(); label++) {
      int wanted = label;
      List<Sample> all = new ArrayList<>(samples.stream().filter(s -> s.label == wanted).toList());
      Collections.shuffle(all, random);
      int tests = (int) Math.min(all.size() - 1L, Math.round(all.size() * testPart));
      test.addAll(all.subList(0, tests));
      train.addAll(all.subList(tests, all.size()));
    }
    if (test.isEmpty()) {
      throw new IllegalArgumentException(
          "ImageFolder: expected enough images to leave some to test on, got %d of %d classes."
              .formatted(samples.size(), classNames.size()));
    }
    return new Parts(
        with(train), with(test), "images from %s, parted with seed %d".formatted(folder, seed));
  }

  private ImageFolder with(List<Sample> some) {
    return new ImageFolder(folder, inputShape, classNames, List.copyOf(some));
  }

  private record Parts(Dataset train, Dataset test, String source) implements Split {}

  /** The files of the samples, in the order of the samples. */
  public List<Path> files() {
    return samples.stream().map(Sample::file).toList();
  }

  @Override
  public int size() {
    return samples.size();
  }

  @Override
  public Shape inputShape() {
    return inputShape;
  }

  @Override
  public Array inputs(int[] indices) {
    ArrayDataset.checkIndices(indices, size());
    int height = (int) inputShape.get(0);
    int width = (int) inputShape.get(1);
    int image = Rows.length(inputShape);
    byte[] pixels = new byte[Rows.length(inputShape.prepend(indices.length))];
    IntStream.range(0, indices.length)
        .parallel()
        .forEach(
            i -> {
              byte[] one = pixels(samples.get(indices[i]).file, height, width);
              System.arraycopy(one, 0, pixels, i * image, image);
            });
    return Array.of(pixels, indices.length, height, width, Images.CHANNELS);
  }

  private static byte[] pixels(Path file, int height, int width) {
    try {
      return Images.pixels(file, height, width);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public Array labels(int[] indices) {
    ArrayDataset.checkIndices(indices, size());
    int[] labels = new int[indices.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = samples.get(indices[i]).label;
    }
    return Array.of(labels, labels.length);
  }

  @Override
  public boolean inMemory() {
    return false;
  }

  @Override
  public float divisor() {
    return 255;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }
}
