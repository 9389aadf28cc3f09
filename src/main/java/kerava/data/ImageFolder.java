package kerava.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/**
 * A folder of image files with one subfolder for each class.
 *
 * <p>Classes are numbered in the order of their folders' names, files follow as Keras lists them,
 * those of folders within a class too. Left out are files whose names do not end in png, jpg, jpeg,
 * bmp or gif, and what systems and tools leave: whatever begins with a dot, {@code __MACOSX},
 * {@code Thumbs.db}. Symbolic links are followed. When the folder is opened the header and the
 * length of each file are looked at ({@link ImageHeader#complete}); images are read when they are
 * asked for, several at a time, as {@link Images#read} does.
 *
 * <p>Inputs are UINT8 of shape (samples, height, width, 3) with {@link Dataset#divisor} 255, labels
 * are class numbers, INT32 of shape (samples).
 *
 * @see <a href="https://keras.io/api/data_loading/image/">Keras: image_dataset_from_directory</a>
 */
public final class ImageFolder implements Dataset {
  private static final int DEFAULT_SIDE = 32;

  private final Path folder;
  private final Shape inputShape;
  private final List<String> classNames;
  private final List<ImageFiles.Sample> samples;

  private ImageFolder(
      Path folder, Shape inputShape, List<String> classNames, List<ImageFiles.Sample> samples) {
    this.folder = folder;
    this.inputShape = inputShape;
    this.classNames = classNames;
    this.samples = samples;
  }

  /**
   * The images of a folder, resized to 32 by 32 pixels where they have another size.
   *
   * @throws DatasetException if it is no folder, has no subfolders, one of them has no image, they
   *     sound like parts (train, test), or an image is damaged
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
   * @throws DatasetException if it is no folder, has no subfolders, one of them has no image, they
   *     sound like parts (train, test), or an image is damaged
   * @throws IOException if it cannot be listed
   */
  public static ImageFolder of(Path folder, int height, int width) throws IOException {
    Images.checkSize(height, width);
    ImageFiles files = ImageFiles.list(folder);
    FolderLayout.requireClasses(folder);
    return of(files.look(OnDamaged.STOP, folder).files(), height, width);
  }

  private static ImageFolder of(ImageFiles files, int height, int width) {
    return new ImageFolder(
        files.root(),
        Shape.of(height, width, Images.CHANNELS),
        files.classNames(),
        files.samples());
  }

  /**
   * The images of a folder in parts, as {@link #load(Path, int, int, OnDamaged)} gives them; a
   * damaged one stops it.
   *
   * @throws DatasetException if there are no images to train on, parts have other classes, or an
   *     image is damaged
   * @throws IOException if it cannot be listed
   */
  public static Split load(Path folder, int height, int width) throws IOException {
    return load(folder, height, width, OnDamaged.STOP);
  }

  /**
   * The images of a folder in the parts that its subfolders are called by: {@code train} (or {@code
   * training}) beside {@code validation} ({@code val}, {@code valid}), {@code test} ({@code
   * testing}) or both, in any case, each with the same classes. A folder of classes, which need not
   * be the outermost one, is parted by {@link #split}, so that a fifth is left to test on.
   *
   * @param folder holds one folder of images for each class, or folders that do
   * @param height in pixels, at least 1
   * @param width in pixels, at least 1
   * @param damaged what is done with images that are not whole
   * @throws DatasetException if there are no images to train on, parts have other classes, or an
   *     image is damaged and that is to stop
   * @throws IOException if it cannot be listed
   */
  public static Split load(Path folder, int height, int width, OnDamaged damaged)
      throws IOException {
    ImageSplit parts = parts(folder, new Pixels(height, width), damaged);
    if (parts.train().size() == 0) {
      throw new DatasetException(
          folder,
          "expected images to train on, got %s alone. Training takes a folder train beside it."
              .formatted(parts.source()));
    }
    return parts;
  }

  /**
   * The images of a folder to evaluate on: its part {@code test}, else {@code validation}; of a
   * folder of classes the fifth that {@link #load} leaves to test on.
   *
   * @param folder holds one folder of images for each class, or folders that do
   * @param height in pixels, at least 1
   * @param width in pixels, at least 1
   * @param damaged what is done with images that are not whole
   * @return parts of which the one to train on may be empty
   * @throws DatasetException if there are no images, parts have other classes, or an image is
   *     damaged and that is to stop
   * @throws IOException if it cannot be listed
   */
  public static Split loadTest(Path folder, int height, int width, OnDamaged damaged)
      throws IOException {
    return parts(folder, new Pixels(height, width), damaged).tested();
  }

  /** The size of pixels that images are read as. */
  private record Pixels(int height, int width) {}

  private static ImageSplit parts(Path folder, Pixels size, OnDamaged damaged) throws IOException {
    Images.checkSize(size.height, size.width);
    ImageParts found = ImageParts.of(folder, damaged);
    Map<Part, ImageFolder> parts = new EnumMap<>(Part.class);
    found.files().forEach((part, files) -> parts.put(part, of(files, size.height, size.width)));
    return found.layout().parts().isEmpty()
        ? ImageSplit.of(parts.values().iterator().next(), 0.2, 1).noted(found.notes())
        : ImageSplit.of(parts, found);
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
    return ImageSplit.of(this, testPart, seed);
  }

  ImageFolder with(List<ImageFiles.Sample> some) {
    return new ImageFolder(folder, inputShape, classNames, List.copyOf(some));
  }

  Path folder() {
    return folder;
  }

  List<ImageFiles.Sample> samples() {
    return samples;
  }

  /** The files of the samples, in the order of the samples. */
  public List<Path> files() {
    return samples.stream().map(ImageFiles.Sample::file).toList();
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
    int image = height * width * Images.CHANNELS;
    byte[] pixels = new byte[Math.multiplyExact(image, indices.length)];
    IntStream.range(0, indices.length)
        .parallel()
        .forEach(
            i -> {
              byte[] one = pixels(samples.get(indices[i]).file(), height, width);
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
      labels[i] = samples.get(indices[i]).label();
    }
    return Array.of(labels, labels.length);
  }

  @Override
  public boolean inMemory() {
    return false;
  }

  @Override
  public boolean orderedByClass() {
    return true;
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
