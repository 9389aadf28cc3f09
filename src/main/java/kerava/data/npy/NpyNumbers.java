package kerava.data.npy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The numbers in a file of NumPy's.
 *
 * @param in the file, at its first number
 * @param type what they are
 * @param count how many there are
 */
public record NpyNumbers(FileChannel in, NpyType type, int count) {
  /** Numbers are moved in pieces of this many bytes, a multiple of every number's size. */
  private static final int PIECE = 1 << 16;

  /** Moves one number, or those of a piece, to an array, whose place {@code at} is the first. */
  private interface Mover {
    void move(ByteBuffer from, int at);
  }

  /** All of them, where arrays hold them as UINT8. */
  public byte[] bytes() throws IOException {
    byte[] values = new byte[count];
    each((from, at) -> values[at] = type.small(from));
    return values;
  }

  /** All of them, where arrays hold them as INT32. */
  public int[] ints() throws IOException {
    int[] values = new int[count];
    if (type.code() == NpyType.Code.I4) {
      pieces((from, at) -> from.asIntBuffer().get(values, at, from.remaining() / Integer.BYTES));
    } else {
      each((from, at) -> values[at] = (int) type.whole(from));
    }
    return values;
  }

  /** All of them, where arrays hold them as INT64. */
  public long[] longs() throws IOException {
    long[] values = new long[count];
    each((from, at) -> values[at] = type.whole(from));
    return values;
  }

  /** All of them, where arrays hold them as FLOAT32. */
  public float[] floats() throws IOException {
    float[] values = new float[count];
    if (type.code() == NpyType.Code.F4) {
      pieces((from, at) -> from.asFloatBuffer().get(values, at, from.remaining() / Float.BYTES));
    } else {
      each((from, at) -> values[at] = type.real(from));
    }
    return values;
  }

  private void each(Mover one) throws IOException {
    pieces(
        (piece, first) -> {
          for (int at = first; piece.hasRemaining(); at++) {
            one.move(piece, at);
          }
        });
  }

  private void pieces(Mover mover) throws IOException {
    int width = type.code().bytes();
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    for (long at = 0; at < count; at += PIECE / width) {
      piece.clear().limit((int) Math.min(PIECE, (count - at) * width));
      readFully(in, piece);
      mover.move(piece.flip().duplicate().order(type.order()), (int) at);
    }
  }

  static void readFully(FileChannel in, ByteBuffer piece) throws IOException {
    while (piece.hasRemaining()) {
      if (in.read(piece) < 0) {
        throw new EOFException();
      }
    }
  }
}
