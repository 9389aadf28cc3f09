package kerava.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kerava.data.cifar10.Cifar10Folder;
import kerava.data.cifar10.Cifar10Images;
import kerava.files.DatasetException;

/**
 * CIFAR-10: 60,000 colour photographs of 32 by 32 pixels, 6,000 of each of ten classes; 50,000 to
 * train on and 10,000 to test on.
 *
 * <p>Inputs are UINT8 of shape (samples, 32, 32, 3), labels are class numbers, INT32 of shape
 * (samples). The files are checked before any of it is handed out: size, labels from 0 to 9, and as
 * many images of each class as there ought to be.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">The CIFAR-10 page</a>
 * @see <a href="https://keras.io/api/datasets/cifar10/">Keras: CIFAR10</a>
 */
public final class Cifar10 extends TrainTestSplit {
  private Cifar10(Dataset train, Dataset test, String source) {
    super(train, test, source);
  }

  static Cifar10 of(Cifar10Folder.Content content, String source) {
    return new Cifar10(dataset(content.train()), dataset(content.test()), source);
  }

  private static Dataset dataset(Cifar10Images images) {
    return new ArrayDataset(images.pixels(), images.labels(), Cifar10Images.CLASS_NAMES);
  }

  /**
   * Finds CIFAR-10 on this machine or downloads it, as {@link Cifar10Search} describes.
   *
   * @throws DatasetException if there is no copy and none can be had, or the copy is damaged
   * @throws IOException if reading fails
   */
  public static Cifar10 load() throws IOException {
    return Cifar10Search.standard().load();
  }

  /**
   * Reads CIFAR-10 from a folder.
   *
   * @param folder holds the files of the official binary version ({@code data_batch_1.bin} ...) or
   *     of the Python version, or a folder {@code cifar-10-batches-bin} or {@code
   *     cifar-10-batches-py} that holds them
   * @throws DatasetException if they are not there, or damaged
   * @throws IOException if reading fails
   */
  public static Cifar10 load(Path folder) throws IOException {
    Cifar10Folder found =
        Cifar10Folder.find(folder)
            .orElseThrow(
                () ->
                    new DatasetException(
                        folder,
                        "expected a folder with data_batch_1.bin to data_batch_5.bin and"
                            + " test_batch.bin, got none in "
                            + folder
                            + ". Is it the folder that the archive was unpacked to?"));
    return of(found.read(), "CIFAR-10 from " + found.path());
  }

  /** The names of the ten classes by class number: airplane, automobile, bird and so on. */
  public static List<String> classNames() {
    return Cifar10Images.CLASS_NAMES;
  }
}
