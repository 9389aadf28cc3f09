package kerava.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.data.folders.FolderLayout;
import kerava.data.folders.ImageFiles;
import kerava.data.images.ImageBatch;
import kerava.data.images.ImagePixels;
import kerava.files.DatasetException;
import kerava.graph.Array;
import kerava.images.Preprocessing;
import org.tensorflow.ndarray.Shape;

/**
 * A folder of image files with one subfolder for each class.
 *
 * <p>Classes are numbered in the order of their folders' names, files follow as Keras lists them,
 * those of folders within a class too. Left out are files whose names do not end in png, jpg, jpeg,
 * bmp or gif, and what systems and tools leave: whatever begins with a dot, {@code __MACOSX},
 * {@code Thumbs.db}. Symbolic links are followed. When the folder is opened the header and the
 * length of each file are looked at; images are decoded when they are asked for, several at a time,
 * as Keras does.
 *
 * <p>Inputs are pixels from 0 to 255 of shape (samples, height, width, channels): UINT8 where every
 * file has that size already, else FLOAT32; labels are class numbers, INT32 of shape (samples).
 *
 * @see <a href="https://keras.io/api/data_loading/image/">Keras: image_dataset_from_directory</a>
 */
public final class ImageFolder implements Dataset {
  private static final int DEFAULT_SIDE = 32;

  private final ImageFiles images;
  private final Preprocessing how;
  private final boolean keepsBytes;

  private ImageFolder(ImageFiles images, Preprocessing how, boolean keepsBytes) {
    this.images = images;
    this.how = how;
    this.keepsBytes = keepsBytes;
  }

  /**
   * The images of a folder, resized to 32 by 32 pixels where they have another size.
   *
   * @throws DatasetException if it is no folder, has no subfolders, one of them has no image, they
   *     sound like splits (train, test), or an image is damaged
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
   *     sound like splits (train, test), or an image is damaged
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
   * @throws DatasetException if it is no folder, has no subfolders, one of them has no image, they
   *     sound like splits (train, test), or an image is damaged
   * @throws IOException if it cannot be listed
   * @throws IllegalArgumentException if no size is said
   */
  public static ImageFolder of(Path folder, Preprocessing how) throws IOException {
    ImagePixels.shape(how);
    ImageFiles files = ImageFiles.list(folder);
    FolderLayout.requireClasses(folder);
    return of(files.check(false, folder).files(), how);
  }

  static ImageFolder of(ImageFiles files, Preprocessing how) {
    return new ImageFolder(files, how, files.allKept(how));
  }

  /**
   * Some image files as a model expects them, without classes: the label of each is 0.
   *
   * @param how the model's own value, {@code model.preprocessing()}, with a size
   * @throws DatasetException if one is not an image, or damaged
   * @throws IOException if one cannot be read
   * @throws IllegalArgumentException if no size is said
   */
  public static Dataset ofFiles(List<Path> files, Preprocessing how) throws IOException {
    ImagePixels.shape(how);
    return of(ImageFiles.of(files), how);
  }

  /**
   * The images of a folder in splits, as {@link #load(Path, Preprocessing, OnDamaged)} gives them;
   * a damaged one stops it.
   *
   * @throws DatasetException if there are no images to train on, splits have other classes, or an
   *     image is damaged
   * @throws IOException if it cannot be listed
   */
  public static Split load(Path folder, Preprocessing how) throws IOException {
    return load(folder, how, OnDamaged.STOP);
  }

  /**
   * The images of a folder in the splits that its subfolders are called by: {@code train} (or
   * {@code training}) beside {@code validation} ({@code val}, {@code valid}), {@code test} ({@code
   * testing}) or both, in any case, each with the same classes. A folder of classes, which need not
   * be the outermost one, is split by {@link #split}, so that a fifth is left to test on.
   *
   * @param folder holds one folder of images for each class, or folders that do
   * @param how the model's own value, {@code model.preprocessing()}, with a size
   * @param damaged what is done with images that are not whole
   * @throws DatasetException if there are no images to train on, splits have other classes, or an
   *     image is damaged and that is to stop
   * @throws IOException if it cannot be listed
   */
  public static Split load(Path folder, Preprocessing how, OnDamaged damaged) throws IOException {
    ImageSplit splits = ImageSplit.of(folder, how, damaged);
    if (splits.train().size() == 0) {
      throw new DatasetException(
          folder,
          "expected images to train on, got %s alone. Training takes a folder train beside it."
              .formatted(splits.source()));
    }
    return splits;
  }

  /**
   * The images of a folder to evaluate on: its part {@code test}, else {@code validation}; of a
   * folder of classes the fifth that {@link #load} leaves to test on.
   *
   * @param folder holds one folder of images for each class, or folders that do
   * @param how the model's own value, {@code model.preprocessing()}, with a size
   * @param damaged what is done with images that are not whole
   * @return splits of which the one to train on may be empty
   * @throws DatasetException if there are no images, splits have other classes, or an image is
   *     damaged and that is to stop
   * @throws IOException if it cannot be listed
   */
  public static Split loadTest(Path folder, Preprocessing how, OnDamaged damaged)
      throws IOException {
    return ImageSplit.of(folder, how, damaged).tested();
  }

  /**
   * Splits the samples into some to train on and some to test on, class by class.
   *
   * @param testPart how much of each class to test on, above 0 and below 1; the number is rounded,
   *     but of each class at least one image is left to train on
   * @param seed decides which ones; the same seed and files give the same splits
   * @throws IllegalArgumentException if the part is not between 0 and 1, or nothing is left to test
   *     on
   */
  public Split split(double testPart, long seed) {
    return ImageSplit.of(this, testPart, seed);
  }

  ImageFolder with(List<ImageFiles.Sample> some) {
    return new ImageFolder(images.only(some), how, keepsBytes);
  }

  ImageFiles images() {
    return images;
  }

  /** The files of the samples, in the order of the samples. */
  public List<Path> files() {
    return images.samples().stream().map(ImageFiles.Sample::file).toList();
  }

  @Override
  public int size() {
    return images.samples().size();
  }

  @Override
  public Shape inputShape() {
    return ImagePixels.shape(how);
  }

  @Override
  public Array inputs(int[] indices) {
    ArrayDataset.checkIndices(indices, size());
    return new ImageBatch(how, keepsBytes)
        .read(Arrays.stream(indices).mapToObj(i -> images.samples().get(i).file()).toList());
  }

  @Override
  public Array labels(int[] indices) {
    ArrayDataset.checkIndices(indices, size());
    int[] labels = new int[indices.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = images.samples().get(indices[i]).label();
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
    return Optional.of(images.samples().get(index).file());
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return Optional.of(how);
  }

  @Override
  public List<String> classNames() {
    return images.classNames();
  }
}
