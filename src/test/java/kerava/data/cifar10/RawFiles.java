package kerava.data.cifar10;

import java.io.IOException;
import java.nio.file.Path;

/** Single files of CIFAR-10, for what looks at them from outside. */
public final class RawFiles {
  private static final Cifar10Images INTO = new Cifar10Images(Cifar10Folder.FILE_IMAGES);

  private RawFiles() {}

  /** Reads a file of the Python version. */
  public static void readPickle(Path file) throws IOException {
    Cifar10Pickle.read(file, INTO, 0);
  }

  /** Reads a file of the binary version. */
  public static void readBinary(Path file) throws IOException {
    Cifar10Binary.read(file, INTO, 0);
  }

  /** A pickle of two images, shaped like the official files. */
  public static byte[] smallPickle() throws IOException {
    return Cifar10Files.pickle(2, "u1", new byte[2 * Cifar10Files.IMAGE]);
  }
}
