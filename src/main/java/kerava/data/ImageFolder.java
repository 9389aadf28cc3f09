package kerava.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kerava.graph.Array;
import kerava.graph.Rows;
import kerava.images.ImageSize;
import kerava.images.Preprocessing;
import org.apache.commons.io.FilenameUtils;
import org.tensorflow.ndarray.Shape;

/**
 * A folder of image files with one subfolder for each class.
 *
 * <p>Classes are numbered in the order of their folders' names. Files whose names do not end in
 * png, jpg, jpeg, bmp or gif are left out, as is everything whose name begins with a dot. Images
 * are decoded when they are asked for, several at a time, as Keras does.
 *
 * <p>Inputs are pixels from 0 to 255 of shape (samples, height, width, channels): UINT8 where every
 * file has that size already, else FLOAT32; labels are class numbers, INT32 of shape (samples).
 *
 * @see <a href="https://keras.io/api/data_loading/image/">Keras: image_dataset_from_directory</a>
 */
public final class ImageFolder implements Dataset {
  private static final int DEFAULT_SIDE = 32;
  private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "bmp", "gif");

  private final Path folder;
  private final Preprocessing how;
  private final boolean keepsBytes;
  private final List<String> classNames;
  private final List<Sample> samples;

  private record Sample(Path file, int label) {}

  private ImageFolder(Listing listing, Preprocessing how, boolean keepsBytes) {
    this.folder = listing.folder();
    this.how = how;
    this.keepsBytes = keepsBytes;
    this.classNames = listing.classNames();
    this.samples = listing.samples();
  }

  private record Listing(Path folder, List<String> classNames, List<Sample> samples) {
    boolean keeps(Preprocessing how) throws IOException {
      for (Sample sample : samples) {
        ImageHeader header = ImageHeader.of(sample.file());
        if (!how.keeps(header.height(), header.width())) {
          return false;
        }
      }
      return true;
    }
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
    return of(folder, Preprocessing.of(height, width));
  }

  /**
   * The images of a folder as a model expects them.
   *
   * @param folder holds one folder of images for each class
   * @param how the model's own value, {@code model.preprocessing()}, with a size
   * @throws DatasetException if it is no folder, has no subfolders, or one of them has no image
   * @throws IOException if it cannot be listed
   * @throws IllegalArgumentException if no size is said
   */
  public static ImageFolder of(Path folder, Preprocessing how) throws IOException {
    shape(how);
    List<Path> classes = classFolders(folder);
    List<Sample> samples = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      for (Path file : images(classes.get(label))) {
        samples.add(new Sample(file, label));
      }
    }
    Listing listing =
        new Listing(
            folder,
            classes.stream().map(path -> path.getFileName().toString()).toList(),
            List.copyOf(samples));
    return new ImageFolder(listing, how, listing.keeps(how));
  }

  /** The shape of one image. */
  static Shape shape(Preprocessing how) {
    ImageSize size =
        how.size()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Images: expected a preprocessing with an image size, got one of any size."
                            + " Preprocessing.of(height, width) has one."));
    return Shape.of(size.height(), size.width(), how.colorMode().channels());
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
   * @param how the model's own value, {@code model.preprocessing()}, with a size
   * @throws DatasetException if there are no images, or the classes of the two parts differ
   * @throws IOException if it cannot be listed
   * @throws IllegalArgumentException if no size is said
   */
  public static Split load(Path folder, Preprocessing how) throws IOException {
    Path train = folder.resolve("train");
    Path test = folder.resolve("test");
    if (!Files.isDirectory(train) || !Files.isDirectory(test)) {
      return of(folder, how).split(0.2, 1);
    }
    Dataset first = of(train, how);
    Dataset second = of(test, how);
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
    return new ImageFolder(new Listing(folder, classNames, List.copyOf(some)), how, keepsBytes);
  }

  private record Parts(Dataset train, Dataset test, String source) implements Split {}

  /**
   * Some image files as a model expects them, without classes: the label of each is 0.
   *
   * @param how the model's own value, {@code model.preprocessing()}, with a size
   * @throws DatasetException if one is not an image
   * @throws IOException if one cannot be read
   * @throws IllegalArgumentException if no size is said
   */
  public static Dataset ofFiles(List<Path> files, Preprocessing how) throws IOException {
    shape(how);
    List<Sample> samples = files.stream().map(file -> new Sample(file, 0)).toList();
    Listing listing = new Listing(Path.of(""), List.of(), samples);
    return new ImageFolder(listing, how, listing.keeps(how));
  }

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
    return shape(how);
  }

  @Override
  public Array inputs(int[] indices) {
    ArrayDataset.checkIndices(indices, size());
    int image = Rows.length(shape(how));
    int all = Rows.length(shape(how).prepend(indices.length));
    long[] dimensions = shape(how).prepend(indices.length).asArray();
    if (keepsBytes) {
      byte[] bytes = new byte[all];
      each(indices, (one, i) -> System.arraycopy(one.bytes(), 0, bytes, i * image, image));
      return Array.of(bytes, dimensions);
    }
    float[] pixels = new float[all];
    each(indices, (one, i) -> System.arraycopy(one.floats(), 0, pixels, i * image, image));
    return Array.of(pixels, dimensions);
  }

  private void each(int[] indices, ObjIntConsumer<Array> place) {
    IntStream.range(0, indices.length)
        .parallel()
        .forEach(i -> place.accept(image(samples.get(indices[i]).file), i));
  }

  private Array image(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return keepsBytes
          ? Images.decode(file, bytes, how.colorMode())
          : Images.pixels(file, bytes, how);
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
  public Array.Type inputType() {
    return keepsBytes ? Array.Type.UINT8 : Array.Type.FLOAT32;
  }

  @Override
  public boolean pixels() {
    return true;
  }

  @Override
  public Optional<Path> file(int index) {
    ArrayDataset.checkIndices(new int[] {index}, size());
    return Optional.of(samples.get(index).file());
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return Optional.of(how);
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }
}
