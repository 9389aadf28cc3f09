package kerava.data.cifar10;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kerava.files.DatasetException;

/**
 * A folder that holds CIFAR-10's six files.
 *
 * @param path the folder
 * @param format how its files are written
 */
public record Cifar10Folder(Path path, Format format) {
  public static final String BINARY_NAME = "cifar-10-batches-bin";
  static final String PYTHON_NAME = "cifar-10-batches-py";

  /** The images of one file; the two archives differ in this only. */
  static final int FILE_IMAGES = 10_000;

  static final int TRAIN_FILES = 5;

  /** How the files are written. */
  public enum Format {
    BINARY(".bin") {
      @Override
      void read(Path file, Cifar10Images into, int first) throws IOException {
        Cifar10Binary.read(file, into, first);
      }
    },
    PYTHON("") {
      @Override
      void read(Path file, Cifar10Images into, int first) throws IOException {
        Cifar10Pickle.read(file, into, first);
      }
    };

    private final String suffix;

    Format(String suffix) {
      this.suffix = suffix;
    }

    /** Reads a file's images to the places from {@code first} on. */
    abstract void read(Path file, Cifar10Images into, int first) throws IOException;

    String testFile() {
      return "test_batch" + suffix;
    }

    /** The name of a training file, 1 to 5. */
    String trainFile(int number) {
      return "data_batch_" + number + suffix;
    }

    /** The names of all files. */
    public List<String> files() {
      Stream<String> train =
          Stream.iterate(1, i -> i <= TRAIN_FILES, i -> i + 1).map(this::trainFile);
      return Stream.concat(train, Stream.of(testFile())).toList();
    }
  }

  /**
   * Looks for the files in a folder and in the folders that the archives unpack to.
   *
   * <p>One file is enough to be found: that the others are missing is then an error that says which
   * one, instead of a search that goes on elsewhere.
   */
  public static Optional<Cifar10Folder> find(Path root) {
    // The last one is where Keras 3.6 and later unpack to.
    Path unpackedByKeras = Path.of(PYTHON_NAME + "-target", PYTHON_NAME);
    for (Path below :
        List.of(Path.of(""), Path.of(BINARY_NAME), Path.of(PYTHON_NAME), unpackedByKeras)) {
      Path folder = root.resolve(below);
      for (Format format : Format.values()) {
        if (format.files().stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)))) {
          return Optional.of(new Cifar10Folder(folder, format));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * What the files hold.
   *
   * @param train the images of the five files to train on
   * @param test those of the file to test on
   */
  public record Content(Cifar10Images train, Cifar10Images test) {}

  /** Reads and checks all of it. */
  public Content read() throws IOException {
    Cifar10Images train = new Cifar10Images(TRAIN_FILES * FILE_IMAGES);
    for (int i = 0; i < TRAIN_FILES; i++) {
      format.read(existing(format.trainFile(i + 1)), train, i * FILE_IMAGES);
    }
    train.checkBalance(path.resolve(format.trainFile(1) + " to " + format.trainFile(TRAIN_FILES)));
    Cifar10Images test = new Cifar10Images(FILE_IMAGES);
    Path testFile = existing(format.testFile());
    format.read(testFile, test, 0);
    test.checkBalance(testFile);
    return new Content(train, test);
  }

  private Path existing(String name) throws DatasetException {
    Path file = path.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(
          file, "expected it in " + path + ", got no such file. Is the download incomplete?");
    }
    return file;
  }
}
