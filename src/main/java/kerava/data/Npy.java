package kerava.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
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

  /** Moves the numbers of one piece from or to an array, whose place {@code at} is the first. */
  private interface Mover {
    void move(ByteBuffer piece, int at);
  }

  private Npy() {}

  /**
   * Reads an array that {@code numpy.save} wrote: little-endian float32, float64, int32 or int64,
   * or uint8, row by row (C order), in version 1, 2 or 3 of the format.
   *
   * @return the array in its shape; float64 is rounded to FLOAT32, other types stay what they are
   * @throws DatasetException if the file is of another format, is damaged, or holds other numbers
   * @throws IOException if reading fails
   */
  public static Array read(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      NpyHeader header = NpyHeader.read(in, file);
      int count = header.count(in.size() - in.position(), file);
      return switch (header.element()) {
        case UINT8 -> Array.of(bytes(in, count), header.shape());
        case INT32 -> Array.of(ints(in, count), header.shape());
        case INT64 -> Array.of(longs(in, count), header.shape());
        case FLOAT32 -> Array.of(floats(in, count), header.shape());
        case FLOAT64 -> Array.of(rounded(in, count), header.shape());
      };
    } catch (EOFException e) {
      throw new DatasetException(file, "expected more bytes, got its end. Is it complete?", e);
    }
  }

  private static byte[] bytes(FileChannel in, int count) throws IOException {
    byte[] values = new byte[count];
    read(in, 1, count, (piece, at) -> piece.get(values, at, piece.remaining()));
    return values;
  }

  private static int[] ints(FileChannel in, int count) throws IOException {
    int[] values = new int[count];
    read(in, 4, count, (piece, at) -> piece.asIntBuffer().get(values, at, piece.remaining() / 4));
    return values;
  }

  private static long[] longs(FileChannel in, int count) throws IOException {
    long[] values = new long[count];
    read(in, 8, count, (piece, at) -> piece.asLongBuffer().get(values, at, piece.remaining() / 8));
    return values;
  }

  private static float[] floats(FileChannel in, int count) throws IOException {
    float[] values = new float[count];
    read(in, 4, count, (piece, at) -> piece.asFloatBuffer().get(values, at, piece.remaining() / 4));
    return values;
  }

  private static float[] rounded(FileChannel in, int count) throws IOException {
    float[] values = new float[count];
    read(
        in,
        8,
        count,
        (piece, at) -> {
          for (int i = at; piece.hasRemaining(); i++) {
            values[i] = (float) piece.getDouble();
          }
        });
    return values;
  }

  private static void read(FileChannel in, int width, int count, Mover mover) throws IOException {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    for (long at = 0; at < count; at += PIECE / width) {
      piece.clear().limit((int) Math.min(PIECE, (count - at) * width));
      readFully(in, piece);
      mover.move(piece.flip().duplicate().order(ByteOrder.LITTLE_ENDIAN), (int) at);
    }
  }

  static void readFully(FileChannel in, ByteBuffer piece) throws IOException {
    while (piece.hasRemaining()) {
      if (in.read(piece) < 0) {
        throw new EOFException();
      }
    }
  }

  /**
   * Writes an array so that {@code numpy.load} reads it; a file that is there already is replaced
   * once the new one is complete.
   *
   * @throws IOException if writing fails; nothing half written is left behind
   */
  public static void write(Path file, Array array) throws IOException {
    Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (FileChannel out =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        writeFully(out, ByteBuffer.wrap(NpyHeader.of(array).bytes()));
        writeValues(out, array);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
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
