package kerava.saving.hdf5;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The header of a group or an array in an HDF5 file: messages, of which few are looked at. */
final class Hdf5Header {
  static final int SPACE = 0x01;
  static final int LINK_INFO = 0x02;
  static final int TYPE = 0x03;
  static final int LINK = 0x06;
  static final int LAYOUT = 0x08;
  static final int ATTRIBUTE = 0x0c;
  static final int SYMBOL_TABLE = 0x11;
  private static final int CONTINUATION = 0x10;
  private static final int ATTRIBUTE_INFO = 0x15;

  private static final Set<Integer> KNOWN =
      Set.of(SPACE, LINK_INFO, TYPE, LINK, LAYOUT, ATTRIBUTE, SYMBOL_TABLE, ATTRIBUTE_INFO);

  /**
   * A message.
   *
   * @param type one of those above
   * @param shared whether another header has what it is about
   */
  record Message(int type, boolean shared, long at, int size) {
    long end() {
      return at + size;
    }
  }

  /** A part of a header. */
  private record Chunk(long at, long size) {}

  private final Hdf5Bytes bytes;
  private final List<Message> messages = new ArrayList<>();
  private final Deque<Chunk> chunks = new ArrayDeque<>();

  private Hdf5Header(Hdf5Bytes bytes) {
    this.bytes = bytes;
  }

  static Hdf5Header read(Hdf5Bytes bytes, long at) {
    Hdf5Header header = new Hdf5Header(bytes);
    if (bytes.u8(at) == 1) {
      header.first(at);
    } else {
      header.second(at);
    }
    return header;
  }

  /** Version 1: each message has a head of 8 bytes, and is padded to 8. */
  private void first(long at) {
    int count = bytes.u16(at + 2);
    chunks.add(new Chunk(at + 16, bytes.u32(at + 8)));
    int read = 0;
    while (!chunks.isEmpty() && read < count) {
      Chunk chunk = chunks.remove();
      bytes.take(chunk.at, chunk.size);
      long place = chunk.at;
      while (place + 8 <= chunk.at + chunk.size && read++ < count) {
        int size = bytes.u16(place + 2);
        boolean shared = (bytes.u8(place + 4) & 2) != 0;
        add(new Message(bytes.u16(place), shared, place + 8, size), chunk);
        place += 8 + (size + 7 & ~7);
      }
    }
  }

  /** Version 2: messages stand close together; a checksum follows each chunk. */
  private void second(long at) {
    bytes.require(at, "OHDR");
    int flags = bytes.u8(at + 5);
    long place = at + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
    int width = 1 << (flags & 3);
    chunks.add(new Chunk(place + width, bytes.number(place, width)));
    int head = (flags & 4) != 0 ? 6 : 4;
    while (!chunks.isEmpty()) {
      Chunk chunk = chunks.remove();
      bytes.take(chunk.at, chunk.size);
      for (long next = chunk.at; next + head <= chunk.at + chunk.size; ) {
        int size = bytes.u16(next + 1);
        boolean shared = (bytes.u8(next + 3) & 2) != 0;
        add(new Message(bytes.u8(next), shared, next + head, size), chunk);
        next += head + size;
      }
    }
  }

  private void add(Message message, Chunk chunk) {
    if (message.end() > chunk.at + chunk.size) {
      throw new Hdf5Bytes.Damage("a message that is longer than its header");
    }
    if (message.type == CONTINUATION) {
      long at = bytes.address(message.at);
      long size = bytes.length(message.at + bytes.offsetWidth());
      // Of version 2 a signature stands in front, and a checksum behind.
      boolean signed = bytes.reads(at, "OCHK");
      chunks.add(signed ? new Chunk(at + 4, size - 8) : new Chunk(at, size));
    } else if (KNOWN.contains(message.type)) {
      messages.add(message);
    }
  }

  List<Message> all(int type) {
    return messages.stream().filter(message -> message.type == type).toList();
  }

  boolean has(int type) {
    return messages.stream().anyMatch(message -> message.type == type);
  }

  /** The one message of a type. */
  Message only(int type) {
    List<Message> found = all(type);
    if (found.size() != 1 || found.get(0).shared) {
      throw new Hdf5Bytes.Damage("a header without one message of type " + type);
    }
    return found.get(0);
  }

  /** The attributes by their names. */
  Map<String, Hdf5Attribute> attributes() {
    for (Message info : all(ATTRIBUTE_INFO)) {
      boolean counted = (bytes.u8(info.at + 1) & 1) != 0;
      requireNotDense(bytes.address(info.at + (counted ? 4 : 2)), "attributes");
    }
    Map<String, Hdf5Attribute> attributes = new HashMap<>();
    for (Message message : all(ATTRIBUTE)) {
      Hdf5Attribute attribute = Hdf5Attribute.of(bytes, message);
      if (attributes.put(attribute.name(), attribute) != null) {
        throw new Hdf5Bytes.Damage("an attribute twice");
      }
    }
    return attributes;
  }

  /** Refuses a form that HDF5 chooses for very many members, and Keras' files never have. */
  private static void requireNotDense(long heap, String what) {
    if (heap != Hdf5Bytes.NONE) {
      throw new Hdf5Bytes.Damage(
          what + " in dense storage, which h5py.File(..., libver=\"earliest\") does not write");
    }
  }

  /** The addresses of a group's members by their names; empty for an array. */
  OptionalLong symbolTable() {
    return has(SYMBOL_TABLE) ? OptionalLong.of(only(SYMBOL_TABLE).at) : OptionalLong.empty();
  }

  /** Refuses a group whose links do not stand in its header. */
  void requireLinksHere() {
    Message info = only(LINK_INFO);
    boolean counted = (bytes.u8(info.at + 1) & 1) != 0;
    requireNotDense(bytes.address(info.at + (counted ? 10 : 2)), "links");
    requireNoOther(all(LINK));
  }

  private static void requireNoOther(List<Message> links) {
    Set<Long> places = new HashSet<>();
    for (Message link : links) {
      if (link.shared || !places.add(link.at)) {
        throw new Hdf5Bytes.Damage("a link of another header");
      }
    }
  }
}
