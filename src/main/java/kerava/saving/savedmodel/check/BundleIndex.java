package kerava.saving.savedmodel.check;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import kerava.files.Checksum;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The table of a checkpoint's tensors ({@code variables.index}), looked at before TensorFlow makes
 * room for what it announces: its checksums hold, and each tensor lies in the file that it names.
 *
 * @see <a href="https://github.com/google/leveldb/blob/main/doc/table_format.md">LevelDB: the
 *     format of the table</a>
 */
public final class BundleIndex {
  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int FOOTER = 48;
  private static final int TRAILER = 5;
  private static final int SHIFT = 7;
  private static final int LONGEST = 63;

  private final ByteBuffer file;

  private BundleIndex(byte[] file) {
    this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Refuses a table that is damaged, or announces what is not there.
   *
   * @param index the bytes of {@code variables.index}
   * @param sizes the size in bytes of the file of values with a number, -1 if there is none
   * @throws GraphException with what is wrong
   */
  public static void require(byte[] index, IntToLongFunction sizes) throws GraphException {
    BundleIndex table = new BundleIndex(index);
    for (ByteBuffer handle : table.values(table.index())) {
      for (ByteBuffer entry : table.values(table.block(handle))) {
        requireEntry(entry, sizes);
      }
    }
  }

  private static GraphException damaged(String found) {
    return GraphException.damaged("table of values", "a table that TensorFlow wrote", found);
  }

  /** The block that lists the others. */
  private ByteBuffer index() throws GraphException {
    int start = file.limit() - FOOTER;
    if (start < 0 || file.getLong(file.limit() - Long.BYTES) != MAGIC) {
      throw damaged("no end of one");
    }
    ByteBuffer footer = file.slice(start, FOOTER - Long.BYTES);
    number(footer);
    number(footer);
    return block(footer);
  }

  /** A block of entries, by its place and length. */
  private ByteBuffer block(ByteBuffer handle) throws GraphException {
    long at = number(handle);
    long length = number(handle);
    if (at < 0 || length < Integer.BYTES || at > file.limit() - TRAILER - length) {
      throw damaged("a block beyond its end");
    }
    ByteBuffer summed = file.slice((int) at, (int) length + 1);
    if (file.getInt((int) (at + length) + 1) != Checksum.of(summed)) {
      throw damaged("a checksum that does not hold");
    }
    if (file.get((int) (at + length)) != 0) {
      throw damaged("a compressed one");
    }
    return file.slice((int) at, (int) length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The values of a block's entries; their keys matter to TensorFlow alone. */
  private List<ByteBuffer> values(ByteBuffer block) throws GraphException {
    long restarts = Integer.toUnsignedLong(block.getInt(block.limit() - Integer.BYTES));
    long end = block.limit() - ((restarts + 1) * Integer.BYTES);
    if (end < 0) {
      throw damaged("a block of other entries");
    }
    block.limit((int) end);
    List<ByteBuffer> values = new ArrayList<>();
    while (block.hasRemaining()) {
      long shared = number(block);
      long key = number(block);
      long value = number(block);
      if (key < 0 || value < 0 || key > block.remaining() || value > block.remaining() - key) {
        throw damaged("an entry beyond its block");
      }
      block.position(block.position() + (int) key);
      // The one without a key says how many files there are.
      if (shared != 0 || key != 0) {
        values.add(block.slice(block.position(), (int) value));
      }
      block.position(block.position() + (int) value);
    }
    return values;
  }

  private static long number(ByteBuffer from) throws GraphException {
    long value = 0;
    for (int shift = 0; shift <= LONGEST && from.hasRemaining(); shift += SHIFT) {
      byte next = from.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw damaged("a number without an end");
  }

  private static void requireEntry(ByteBuffer bytes, IntToLongFunction sizes)
      throws GraphException {
    Entry entry = Entry.parse(bytes);
    // The parts of a value that lies in several files have entries of their own.
    if (entry.split()) {
      return;
    }
    long elements = elements(entry.shape());
    int each = ElementSize.of(entry.type());
    boolean fits =
        (entry.type() == DataType.DT_STRING || each == 0)
            ? elements <= entry.size()
            : (elements <= Long.MAX_VALUE / each && elements * each == entry.size());
    long room = sizes.applyAsLong(entry.file());
    if (!fits || entry.offset() < 0 || entry.size() > room - entry.offset()) {
      throw GraphException.damaged(
          "table of values",
          "tensors that lie in their file, of " + Math.max(0, room) + " bytes",
          "one of " + elements + " elements in " + entry.size() + " bytes");
    }
  }

  /**
   * Where a tensor lies. TensorFlow Java has no class for this message, {@code BundleEntryProto}.
   *
   * @param file the number of the file of values
   * @param offset where in it, in bytes
   * @param size in bytes
   * @param split whether it lies in several parts
   */
  private record Entry(
      DataType type, TensorShapeProto shape, int file, long offset, long size, boolean split) {
    private static final int TYPE = 1;
    private static final int SHAPE = 2;
    private static final int FILE = 3;
    private static final int OFFSET = 4;
    private static final int SIZE = 5;
    private static final int SLICES = 7;

    static Entry parse(ByteBuffer bytes) throws GraphException {
      try {
        UnknownFieldSet fields = UnknownFieldSet.parseFrom(ByteString.copyFrom(bytes));
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (ByteString part : fields.getField(SHAPE).getLengthDelimitedList()) {
          shape.mergeFrom(part);
        }
        DataType type = DataType.forNumber((int) last(fields, TYPE));
        return new Entry(
            type == null ? DataType.UNRECOGNIZED : type,
            shape.build(),
            (int) last(fields, FILE),
            last(fields, OFFSET),
            last(fields, SIZE),
            !fields.getField(SLICES).getLengthDelimitedList().isEmpty());
      } catch (InvalidProtocolBufferException e) {
        throw damaged("an entry of another kind");
      }
    }

    private static long last(UnknownFieldSet fields, int number) {
      List<Long> values = fields.getField(number).getVarintList();
      return values.isEmpty() ? 0 : values.get(values.size() - 1);
    }
  }

  private static long elements(TensorShapeProto shape) throws GraphException {
    long product = 1;
    for (TensorShapeProto.Dim dim : shape.getDimList()) {
      if (dim.getSize() < 0 || (dim.getSize() > 0 && product > Long.MAX_VALUE / dim.getSize())) {
        throw GraphException.damaged(
            "table of values", "tensors of known shape", "a dimension of " + dim.getSize());
      }
      product *= dim.getSize();
    }
    return product;
  }
}
