package kerava.saving.hdf5;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The members of a group in an HDF5 file: in a tree with a heap of names, or in its header. */
final class Hdf5Group {
  /** What stands for a link into another place or file. */
  static final long LINK = -2;

  private static final int SOFT = 2;

  private final Hdf5Bytes bytes;
  private final Map<String, Long> members = new LinkedHashMap<>();
  private final Set<Long> seen = new HashSet<>();

  private Hdf5Group(Hdf5Bytes bytes) {
    this.bytes = bytes;
  }

  /** The addresses of the members' headers, or {@link #LINK}, by their names. */
  static Map<String, Long> members(Hdf5Bytes bytes, Hdf5Header header) {
    Hdf5Group group = new Hdf5Group(bytes);
    OptionalLong table = header.symbolTable();
    if (table.isPresent()) {
      long at = table.getAsLong();
      group.tree(bytes.address(at), new Names(bytes, bytes.address(at + bytes.offsetWidth())), -1);
    } else {
      header.requireLinksHere();
      header.all(Hdf5Header.LINK).forEach(group::link);
    }
    return group.members;
  }

  /** The heap of a group's names. */
  private static final class Names {
    private final Hdf5Bytes bytes;
    private final long at;
    private final long size;

    Names(Hdf5Bytes bytes, long heap) {
      this.bytes = bytes;
      bytes.require(heap, "HEAP");
      size = bytes.length(heap + 8);
      at = bytes.address(heap + 8 + 2L * bytes.lengthWidth());
    }

    String name(long offset) {
      if (offset >= size) {
        throw new Hdf5Bytes.Damage("a name outside of its heap");
      }
      return bytes.text(at + offset, bytes.untilZero(at + offset, size - offset));
    }
  }

  private void put(String name, long address) {
    if (name.isEmpty() || members.put(name, address) != null) {
      throw new Hdf5Bytes.Damage("a name twice in a group, or none");
    }
  }

  /** Walks down a tree, each level of which is one lower. */
  private void tree(long at, Names names, int level) {
    bytes.require(at, "TREE");
    int own = bytes.u8(at + 5);
    if (bytes.u8(at + 4) != 0 || (level >= 0 && own != level) || !seen.add(at)) {
      throw new Hdf5Bytes.Damage("a tree that does not hold groups in order");
    }
    int count = bytes.u16(at + 6);
    long first = at + 8 + 2L * bytes.offsetWidth();
    int step = bytes.lengthWidth() + bytes.offsetWidth();
    bytes.take(at, first - at + (long) count * step);
    for (int i = 0; i < count; i++) {
      long child = bytes.address(first + (long) i * step + bytes.lengthWidth());
      if (own > 0) {
        tree(child, names, own - 1);
      } else {
        leaf(child, names);
      }
    }
  }

  private void leaf(long at, Names names) {
    bytes.require(at, "SNOD");
    int count = bytes.u16(at + 6);
    int entry = 2 * bytes.offsetWidth() + 24;
    bytes.take(at, 8 + (long) count * entry);
    for (int i = 0; i < count; i++) {
      long place = at + 8 + (long) i * entry;
      String name = names.name(bytes.number(place, bytes.offsetWidth()));
      boolean soft = bytes.u32(place + 2L * bytes.offsetWidth()) == SOFT;
      put(name, soft ? LINK : bytes.address(place + bytes.offsetWidth()));
    }
  }

  private void link(Hdf5Header.Message message) {
    long at = message.at() + 2;
    int flags = bytes.u8(message.at() + 1);
    int type = 0;
    if ((flags & 8) != 0) {
      type = bytes.u8(at++);
    }
    at += (flags & 4) != 0 ? 8 : 0;
    at += (flags & 16) != 0 ? 1 : 0;
    int width = 1 << (flags & 3);
    long length = bytes.number(at, width);
    at += width;
    if (length > message.end() - at) {
      throw new Hdf5Bytes.Damage("a name that is longer than its link");
    }
    String name = bytes.text(at, length);
    put(name, type == 0 ? bytes.address(at + length) : LINK);
  }
}
