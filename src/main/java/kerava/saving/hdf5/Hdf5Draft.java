package kerava.saving.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/**
 * An HDF5 file being written, in the oldest form of the format, which is also the one that Keras
 * writes: superblock 0, groups as symbol tables, numbers in one piece.
 *
 * <p>jHDF 0.13 would write all of it but empty groups, which overlap what comes after them; Keras
 * 3.5 asks for one in each model.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t11.html">HDF5 file
 *     format specification, version 1.1</a>
 */
public final class Hdf5Draft implements AutoCloseable {
  private static final int PIECE = 1 << 16;

  private final FileChannel channel;
  private final Group root = new Group();
  private long end = Hdf5Blocks.SUPERBLOCK_SIZE;

  /** The addresses of a group's members, in the order of their names' bytes. */
  private static final class Group {
    final Map<String, Long> datasets = new TreeMap<>();
    final Map<String, Group> groups = new TreeMap<>();

    /** The number of members of the largest group in this one. */
    int largest() {
      return Math.max(
          datasets.size() + groups.size(),
          groups.values().stream().mapToInt(Group::largest).max().orElse(0));
    }
  }

  private Hdf5Draft(FileChannel channel) {
    this.channel = channel;
  }

  /** Begins a file, in the place of one that is there. */
  public static Hdf5Draft create(Path path) throws IOException {
    return new Hdf5Draft(
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /** Adds a group, if it is not there yet. */
  public void put(String name) {
    group(name);
  }

  /** Adds float32 numbers of any shape. */
  public void put(String name, Array array) throws IOException {
    long data = end;
    float[] values = array.floats();
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += PIECE / Float.BYTES) {
      int count = Math.min(PIECE / Float.BYTES, values.length - from);
      piece.clear().limit(count * Float.BYTES);
      piece.asFloatBuffer().put(values, from, count);
      append(piece);
    }
    putDataset(name, Hdf5Blocks.dataset(Hdf5Blocks.FLOAT32, array.shape(), data));
  }

  /** Adds a number without dimensions. */
  public void put(String name, float number) throws IOException {
    put(name, Array.of(new float[] {number}));
  }

  /** Adds a whole number without dimensions. */
  public void put(String name, long number) throws IOException {
    long data = append(Hdf5Blocks.buffer(Long.BYTES).putLong(number).flip());
    putDataset(name, Hdf5Blocks.dataset(Hdf5Blocks.INT64, Shape.scalar(), data));
  }

  private void putDataset(String name, ByteBuffer header) throws IOException {
    int slash = name.lastIndexOf('/');
    long address = append(header);
    group(name.substring(0, Math.max(0, slash))).datasets.put(name.substring(slash + 1), address);
  }

  private Group group(String name) {
    Group group = root;
    for (String part : name.isEmpty() ? new String[0] : name.split("/", -1)) {
      group = group.groups.computeIfAbsent(part, key -> new Group());
    }
    return group;
  }

  /** Writes at the end of the file, at an address that 8 divides, which it returns. */
  private long append(ByteBuffer block) throws IOException {
    long address = end;
    end += block.remaining();
    put(block, address);
    end = (end + 7) & ~7L;
    return address;
  }

  /** A system may write less at once than it was given. */
  private void put(ByteBuffer block, long address) throws IOException {
    long next = address;
    while (block.hasRemaining()) {
      next += channel.write(block, next);
    }
  }

  /** Writes a group after all that is in it. */
  private long write(Group group, Hdf5Blocks.Tables tables) throws IOException {
    Map<String, Long> members = new TreeMap<>(group.datasets);
    for (Map.Entry<String, Group> inner : group.groups.entrySet()) {
      members.put(inner.getKey(), write(inner.getValue(), tables));
    }
    Hdf5Blocks.Heap heap = Hdf5Blocks.heap(members.keySet());
    long names = append(heap.content());
    long heapAddress = append(Hdf5Blocks.heapHeader(heap, names));
    List<Long> leaves = new ArrayList<>();
    for (ByteBuffer leaf : tables.leaves(members, heap)) {
      leaves.add(append(leaf));
    }
    long tree = append(tables.tree(leaves, heap));
    return append(Hdf5Blocks.groupHeader(tree, heapAddress));
  }

  /** Writes the groups, and at last the beginning of the file. */
  @Override
  public void close() throws IOException {
    try (channel) {
      Hdf5Blocks.Tables tables = Hdf5Blocks.Tables.of(root.largest());
      long address = write(root, tables);
      put(tables.superblock(address, end), 0);
    }
  }
}
