package kerava.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import kerava.data.npy.FortranOrder;
import kerava.data.npy.NpyHeader;
import kerava.data.npy.NpyNumbers;
import kerava.data.npy.NpyTexts;
import kerava.files.AtomicFile;
import kerava.files.DatasetException;
import kerava.graph.Array;

/**
 * Reads and writes arrays in NumPy's file format.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The
 *     format</a>
 */
public final class Npy {
  /** Numbers are moved in pieces of this many bytes, a multiple of every number's size. */
  private static final int PIECE = 1 << 16;

  /** Moves the numbers of one piece from an array, whose place {@code at} is the first. */
  private interface Mover {
    void move(ByteBuffer piece, int at);
  }

  private Npy() {}

  /**
   * Reads an array that {@code numpy.save} wrote: truths, whole numbers of 8 to 64 bits, floating
   * point numbers of 16 to 64, or texts (str, or bytes in UTF-8), in either byte order, row by row
   * or column by column, in version 1, 2 or 3 of the format.
   *
   * @return the array in its shape: UINT8 for truths (0 and 1) and unsigned bytes, INT32 for other
   *     whole numbers that always fit into it, INT64 for the rest, FLOAT32 for floating point
   *     numbers, to which float64 is rounded, STRING for texts, without zeros at their ends
   * @throws DatasetException if the file is of another format, is damaged, or holds other numbers
   * @throws IOException if reading fails
   */
  public static Array read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new DatasetException(file, "expected an .npy file, got a folder.");
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      NpyHeader header = NpyHeader.read(in, file);
      int count = header.count(in.size() - in.position(), file);
      Array read = array(new NpyNumbers(in, header.type(), count), header.shape());
      return header.byColumns() ? new FortranOrder(header.shape()).toRows(read) : read;
    } catch (EOFException e) {
      throw new DatasetException(file, "expected more bytes, got its end. Is it complete?", e);
    } catch (CharacterCodingException e) {
      throw new DatasetException(file, "expected texts of Unicode, got other characters.", e);
    } catch (ArithmeticException e) {
      String number = "expected whole numbers below 2^63, got %s.".formatted(e.getMessage());
      throw new DatasetException(file, number, e);
    }
  }

  // Columns are held under the shape of rows until they are put in order.
  private static Array array(NpyNumbers numbers, long[] shape) throws IOException {
    return switch (numbers.type().code().held()) {
      case UINT8 -> Array.of(numbers.bytes(), shape);
      case INT32 -> Array.of(numbers.ints(), shape);
      case INT64 -> Array.of(numbers.longs(), shape);
      case FLOAT32 -> Array.of(numbers.floats(), shape);
      case STRING -> Array.of(NpyTexts.read(numbers), shape);
    };
  }

  /**
   * Writes an array so that {@code numpy.load} reads it; a file that is there already is replaced
   * once the new one is complete.
   *
   * @throws IOException if writing fails; nothing half written is left behind
   */
  public static void write(Path file, Array array) throws IOException {
    AtomicFile.write(
        file,
        draft -> {
          try (FileChannel out =
              FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeFully(out, ByteBuffer.wrap(NpyHeader.of(array).bytes()));
            writeValues(out, array);
          }
        });
  }

  private static void writeValues(FileChannel out, Array array) throws IOException {
    switch (array.type()) {
      case UINT8 -> {
        byte[] values = array.bytes();
        write(out, 1, values.length, (piece, at) -> piece.put(values, at, piece.remaining()));
      }
      case INT32 -> {
        int[] values = array.ints();
        write(out, 4, values.length, (p, at) -> p.asIntBuffer().put(values, at, p.remaining() / 4));
      }
      case INT64 -> {
        long[] values = array.longs();
        write(
            out, 8, values.length, (p, at) -> p.asLongBuffer().put(values, at, p.remaining() / 8));
      }
      case FLOAT32 -> {
        float[] values = array.floats();
        write(
            out, 4, values.length, (p, at) -> p.asFloatBuffer().put(values, at, p.remaining() / 4));
      }
      case STRING -> NpyTexts.write(out, array.texts());
    }
  }

  private static void write(FileChannel out, int width, int count, Mover mover) throws IOException {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    for (long at = 0; at < count; at += PIECE / width) {
      piece.clear().limit((int) Math.min(PIECE, (count - at) * width));
      mover.move(piece.duplicate().order(ByteOrder.LITTLE_ENDIAN), (int) at);
      writeFully(out, piece);
    }
  }

  private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
