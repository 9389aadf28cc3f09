package kerava.saving.hdf5;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The groups and arrays of an HDF5 file, each of which is read once, when it is asked for. */
final class Hdf5Nodes {
  private static final int FIRST_BLOCK = 512;

  private final Hdf5Bytes bytes;
  private final long root;
  private final Map<Long, Node> nodes = new HashMap<>();

  private Hdf5Nodes(Hdf5Bytes bytes, long root) {
    this.bytes = bytes;
    this.root = root;
  }

  /** A group or an array. */
  final class Node {
    private final Hdf5Header header;
    private @Nullable Map<String, Long> members;
    private @Nullable Map<String, Hdf5Attribute> attributes;
    private @Nullable Hdf5Dataset dataset;

    private Node(Hdf5Header header) {
      this.header = header;
    }

    boolean isArray() {
      return header.has(Hdf5Header.SPACE);
    }

    boolean isGroup() {
      return header.has(Hdf5Header.SYMBOL_TABLE) || header.has(Hdf5Header.LINK_INFO);
    }

    /** The members of a group, by their names. */
    Map<String, Long> members() {
      if (members == null) {
        members = Hdf5Group.members(bytes, header);
      }
      return members;
    }

    Map<String, Hdf5Attribute> attributes() {
      if (attributes == null) {
        attributes = header.attributes();
      }
      return attributes;
    }

    Hdf5Dataset dataset() {
      if (dataset == null) {
        dataset = Hdf5Dataset.of(bytes, header);
      }
      return dataset;
    }
  }

  /** Finds the root: the format's mark stands in front, or behind a block for the user. */
  static Hdf5Nodes open(Hdf5Bytes bytes) {
    long at = 0;
    while (!(bytes.u8(at) == 0x89 && bytes.reads(at + 1, "HDF\r\n\u001a\n"))) {
      at = at == 0 ? FIRST_BLOCK : at * 2;
    }
    int version = bytes.u8(at + 8);
    return switch (version) {
      case 0, 1 -> {
        bytes.widths(bytes.u8(at + 13), bytes.u8(at + 14));
        long base = base(bytes, at, at + (version == 0 ? 24 : 28));
        // Behind four addresses stands the root as an entry: its name, its header.
        yield new Hdf5Nodes(bytes, bytes.address(base + 5L * bytes.offsetWidth()));
      }
      case 2, 3 -> {
        bytes.widths(bytes.u8(at + 9), bytes.u8(at + 10));
        long base = base(bytes, at, at + 12);
        yield new Hdf5Nodes(bytes, bytes.address(base + 3L * bytes.offsetWidth()));
      }
      default -> throw new Hdf5Bytes.Damage("version " + version + " of the format");
    };
  }

  private static long base(Hdf5Bytes bytes, long signature, long at) {
    if (bytes.number(at, bytes.offsetWidth()) != signature) {
      throw new Hdf5Bytes.Damage("addresses that count from another place");
    }
    bytes.base(signature);
    return at;
  }

  Node root() {
    return node(root);
  }

  /** A member of a group; none if it is not there or the node is no group. */
  Optional<Long> member(Node group, String name) {
    return group.isGroup() ? Optional.ofNullable(group.members().get(name)) : Optional.empty();
  }

  /** The node whose header stands at an address. */
  Node node(long address) {
    Node known = nodes.get(address);
    if (known == null) {
      known = new Node(Hdf5Header.read(bytes, address));
      nodes.put(address, known);
    }
    return known;
  }
}
