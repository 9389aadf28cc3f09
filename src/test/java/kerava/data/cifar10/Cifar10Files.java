package kerava.data.cifar10;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Makes files in CIFAR-10's formats: of full size, with labels that take turns, and with images
 * that are easy to check.
 */
public final class Cifar10Files {
  public static final int IMAGES = 10_000;
  static final int IMAGE = 3072;
  public static final int RECORD = 3073;

  private Cifar10Files() {}

  public static int label(int image) {
    return (image + 3) % 10;
  }

  /** The value of a pixel; the same in every file. */
  public static byte pixel(int image, int row, int column, int channel) {
    // Most images are blank, so that they are written and packed fast.
    return image % 1000 == 0 ? (byte) (image / 1000 + 7 * row + 3 * column + 80 * channel) : 0;
  }

  /** All images' pixels, as the Python version holds them. */
  static byte[] planes() {
    byte[] planes = new byte[IMAGES * IMAGE];
    for (int image = 0; image < IMAGES; image += 1000) {
      int at = image * IMAGE;
      for (int i = 0; i < IMAGE; i++) {
        planes[at + i] = pixel(image, i / 32 % 32, i % 32, i / 1024);
      }
    }
    return planes;
  }

  static byte[] binary() {
    byte[] planes = planes();
    byte[] records = new byte[IMAGES * RECORD];
    for (int image = 0; image < IMAGES; image++) {
      records[image * RECORD] = (byte) label(image);
      System.arraycopy(planes, image * IMAGE, records, image * RECORD + 1, IMAGE);
    }
    return records;
  }

  public static Path writeBinary(Path folder) throws IOException {
    Files.createDirectories(folder);
    byte[] records = binary();
    for (String name : Cifar10Folder.Format.BINARY.files()) {
      Files.write(folder.resolve(name), records);
    }
    return folder;
  }

  public static Path writePython(Path folder) throws IOException {
    Files.createDirectories(folder);
    byte[] pickle = pickle(IMAGES, "u1", planes());
    for (String name : Cifar10Folder.Format.PYTHON.files()) {
      Files.write(folder.resolve(name), pickle);
    }
    return folder;
  }

  /** Makes a folder that holds the same files as another one, without copying them. */
  public static Path link(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      files.forEach(
          file -> {
            try {
              Files.createLink(to.resolve(file.getFileName()), file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return to;
  }

  /** A pickle as Python 2's cPickle wrote the official files, instruction by instruction. */
  static byte[] pickle(int labels, String type, byte[] pixels) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    put(out, "\u0080\u0002}q\u0001(");
    put(out, "U\u000bbatch_labelq\u0002U\u0015training batch 1 of 5q\u0003");
    put(out, "U\u0006labelsq\u0004]q\u0005(");
    for (int i = 0; i < labels; i++) {
      put(out, "K" + (char) label(i));
    }
    put(
        out,
        "eU\u0004dataq\u0006cnumpy.core.multiarray\n_reconstruct\nq\u0007cnumpy\nndarray\nq\b");
    put(out, "K\u0000\u0085q\tU\u0001bq\n\u0087q\u000bRq\f(K\u0001M\u0010'M\u0000\f\u0086q\r");
    put(out, "cnumpy\ndtype\nq\u000eU" + (char) type.length() + type);
    put(out, "q\u000fK\u0000K\u0001\u0087q\u0010Rq\u0011(K\u0003U\u0001|q\u0012NNN");
    put(out, "J\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\u0000tq\u0013b\u0089T");
    out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(pixels.length).array());
    out.write(pixels);
    put(out, "tq\u0014bU\tfilenamesq\u0015]q\u0016(");
    put(out, "U\u0005a.pngq\u0017U\u0005b.pngr\u0018\u0001\u0000\u0000eu.");
    return out.toByteArray();
  }

  private static void put(OutputStream out, String latin1) throws IOException {
    out.write(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A gzipped tar archive of some of a folder's files. */
  public static byte[] archive(Path folder, Iterable<String> names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (String name : names) {
        TarArchiveEntry entry = new TarArchiveEntry("cifar-10-batches-bin/" + name);
        entry.setSize(Files.size(folder.resolve(name)));
        tar.putArchiveEntry(entry);
        Files.copy(folder.resolve(name), tar);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }
}
