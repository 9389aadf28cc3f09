package kerava.saving.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.ndarray.Shape;

/** The blocks that an HDF5 file is made of; each field in the order of the specification. */
final class Hdf5Blocks {
  static final int SUPERBLOCK_SIZE = 96;

  /** The message of the type of little-endian IEEE numbers of 32 bits. */
  static final byte[] FLOAT32 = {
    0x11, 0x20, 0x1f, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0, 0, 0, 0, 0
  };

  /** The message of the type of little-endian whole numbers of 64 bits. */
  static final byte[] INT64 = {0x10, 0x08, 0, 0, 8, 0, 0, 0, 0, 0, 64, 0, 0, 0, 0, 0};

  /** Space is taken late, and nothing is filled in. */
  private static final byte[] FILL = {2, 2, 2, 1, 0, 0, 0, 0};

  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final long NONE = -1;
  private static final int ENTRY = 40;

  /** Half of the members that a leaf of a group's tree has room for. */
  private static final int LEAF_K = 8;

  private Hdf5Blocks() {}

  static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The header of a dataset whose numbers stand in one piece at an address. */
  static ByteBuffer dataset(byte[] type, Shape shape, long address) {
    ByteBuffer space = buffer(8 + 8 * shape.numDimensions());
    space.put((byte) 1).put((byte) shape.numDimensions()).position(8);
    for (long dimension : shape.asArray()) {
      space.putLong(dimension);
    }
    // The size of a number stands behind the class and its bits.
    long size = shape.size() * type[4];
    ByteBuffer layout = buffer(24).put((byte) 3).put((byte) 1).putLong(address).putLong(size);
    return header(
        message(1, bytes(space)), message(3, type), message(5, FILL), message(8, bytes(layout)));
  }

  static ByteBuffer groupHeader(long tree, long heap) {
    return header(message(0x11, buffer(16).putLong(tree).putLong(heap).array()));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.clear().get(bytes);
    return bytes;
  }

  private static byte[] message(int type, byte[] content) {
    return buffer(8 + content.length)
        .putShort((short) type)
        .putShort((short) content.length)
        .putInt(0)
        .put(content)
        .array();
  }

  private static ByteBuffer header(byte[]... messages) {
    int size = 0;
    for (byte[] message : messages) {
      size += message.length;
    }
    ByteBuffer header = buffer(16 + size);
    header.put((byte) 1).put((byte) 0).putShort((short) messages.length).putInt(1).putInt(size);
    header.putInt(0);
    for (byte[] message : messages) {
      header.put(message);
    }
    return header.flip();
  }

  /**
   * The names of a group's members.
   *
   * @param content the names, each at an offset that 8 divides
   * @param offsets the offsets
   */
  record Heap(ByteBuffer content, Map<String, Long> offsets) {}

  static Heap heap(Set<String> names) {
    Map<String, Long> offsets = new LinkedHashMap<>();
    // The first name is empty: the key to the left of all members.
    int size = 8;
    for (String name : names) {
      offsets.put(name, (long) size);
      size += (name.getBytes(StandardCharsets.UTF_8).length + 8) & ~7;
    }
    ByteBuffer content = buffer(size);
    offsets.forEach(
        (name, offset) -> content.put(offset.intValue(), name.getBytes(StandardCharsets.UTF_8)));
    return new Heap(content, offsets);
  }

  static ByteBuffer heapHeader(Heap heap, long address) {
    int size = heap.content().capacity();
    // 1 stands for no free space.
    return buffer(32).put(ascii("HEAP")).putInt(0).putLong(size).putLong(1).putLong(address).flip();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The trees that find the members of groups, all of one size.
   *
   * @param treeK half of the leaves that a tree has room for
   */
  record Tables(int treeK) {
    /** Trees for groups of at most so many members. */
    static Tables of(int members) {
      int leaves = (members + 2 * LEAF_K - 1) / (2 * LEAF_K);
      return new Tables(Math.max(16, (leaves + 1) / 2));
    }

    /** The leaves: the members in the order of their names. */
    List<ByteBuffer> leaves(Map<String, Long> members, Heap heap) {
      List<ByteBuffer> leaves = new ArrayList<>();
      List<String> names = List.copyOf(heap.offsets().keySet());
      for (int from = 0; from < names.size(); from += 2 * LEAF_K) {
        List<String> part = names.subList(from, Math.min(names.size(), from + 2 * LEAF_K));
        ByteBuffer leaf = buffer(8 + 2 * LEAF_K * ENTRY);
        leaf.put(ascii("SNOD")).put((byte) 1).put((byte) 0).putShort((short) part.size());
        for (String name : part) {
          leaf.putLong(heap.offsets().getOrDefault(name, 0L));
          leaf.putLong(members.getOrDefault(name, NONE)).putLong(0).putLong(0).putLong(0);
        }
        leaves.add(leaf.clear());
      }
      return leaves;
    }

    /** The tree over leaves: each key is the last name of the leaf before it. */
    ByteBuffer tree(List<Long> leaves, Heap heap) {
      List<Long> offsets = List.copyOf(heap.offsets().values());
      ByteBuffer tree = buffer(24 + (4 * treeK + 1) * 8);
      tree.put(ascii("TREE")).putShort((short) 0).putShort((short) leaves.size());
      tree.putLong(NONE).putLong(NONE).putLong(0);
      for (int i = 0; i < leaves.size(); i++) {
        int last = Math.min(offsets.size(), (i + 1) * 2 * LEAF_K) - 1;
        tree.putLong(leaves.get(i)).putLong(offsets.get(last));
      }
      return tree.clear();
    }

    ByteBuffer superblock(long root, long end) {
      ByteBuffer block = buffer(SUPERBLOCK_SIZE);
      block.put(SIGNATURE).putInt(0).put((byte) 0).put((byte) 8).put((byte) 8).put((byte) 0);
      block.putShort((short) LEAF_K).putShort((short) treeK).putInt(0);
      block.putLong(0).putLong(NONE).putLong(end).putLong(NONE);
      return block.putLong(0).putLong(root).clear();
    }
  }
}
