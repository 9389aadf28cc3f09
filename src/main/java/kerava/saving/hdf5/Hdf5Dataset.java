package kerava.saving.hdf5;

import java.nio.ByteBuffer;
import org.tensorflow.ndarray.Shape;

/**
 * An array in an HDF5 file.
 *
 * @param type of its numbers
 * @param shape the sizes of its axes
 * @param layout how its numbers are stored
 * @param at where they stand
 * @param size how many bytes there are; {@link #UNSAID} if the file does not say it
 */
record Hdf5Dataset(Hdf5Type type, Shape shape, Layout layout, long at, long size) {
  /** How numbers are stored. */
  enum Layout {
    ONE_PIECE,
    CHUNKS,
    OTHER
  }

  static final long UNSAID = -1;

  static Hdf5Dataset of(Hdf5Bytes bytes, Hdf5Header header) {
    Hdf5Type type = Hdf5Type.read(bytes, header.only(Hdf5Header.TYPE).at());
    Shape shape = Hdf5Space.read(bytes, header.only(Hdf5Header.SPACE).at());
    Hdf5Header.Message layout = header.only(Hdf5Header.LAYOUT);
    int version = bytes.u8(layout.at());
    return switch (version) {
      case 1, 2 -> old(bytes, type, shape, layout.at());
      case 3, 4 -> of(bytes, type, shape, layout);
      default -> throw new Hdf5Bytes.Damage("an array of version " + version);
    };
  }

  private static Hdf5Dataset of(
      Hdf5Bytes bytes, Hdf5Type type, Shape shape, Hdf5Header.Message layout) {
    long at = layout.at() + 2;
    return switch (bytes.u8(at - 1)) {
      case 0 -> {
        int size = bytes.u16(at);
        if (at + 2 + size > layout.end()) {
          throw new Hdf5Bytes.Damage("an array that is longer than its header");
        }
        yield new Hdf5Dataset(type, shape, Layout.ONE_PIECE, at + 2, size);
      }
      case 1 -> {
        long size = bytes.length(at + bytes.offsetWidth());
        yield new Hdf5Dataset(type, shape, Layout.ONE_PIECE, bytes.address(at), size);
      }
      case 2 -> new Hdf5Dataset(type, shape, Layout.CHUNKS, Hdf5Bytes.NONE, 0);
      default -> new Hdf5Dataset(type, shape, Layout.OTHER, Hdf5Bytes.NONE, 0);
    };
  }

  /** What HDF5 before 1.6.3 wrote. */
  private static Hdf5Dataset old(Hdf5Bytes bytes, Hdf5Type type, Shape shape, long at) {
    return switch (bytes.u8(at + 2)) {
      case 1 -> new Hdf5Dataset(type, shape, Layout.ONE_PIECE, bytes.address(at + 8), UNSAID);
      case 2 -> new Hdf5Dataset(type, shape, Layout.CHUNKS, Hdf5Bytes.NONE, 0);
      default -> new Hdf5Dataset(type, shape, Layout.OTHER, Hdf5Bytes.NONE, 0);
    };
  }

  /** How many bytes its numbers take, or one more than the most. */
  long bytes(long most) {
    long count = Hdf5Space.count(shape, most);
    return count > most / Math.max(1, type.bytes()) ? most + 1 : count * type.bytes();
  }

  /** Its numbers, of which the type is known to be right. */
  ByteBuffer numbers(Hdf5Bytes file) {
    long needed = bytes(file.size());
    if (needed == 0) {
      return ByteBuffer.allocate(0);
    }
    if (at == Hdf5Bytes.NONE || (size != UNSAID && size < needed)) {
      throw new Hdf5Bytes.Damage("an array without its numbers");
    }
    return file.numbers(at, needed);
  }
}
