package kerava.saving.hdf5;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The texts that attributes of an HDF5 file hold, in themselves or in heaps. */
final class Hdf5Strings {
  private final Hdf5Bytes bytes;

  /** Where the objects of each heap stand, by their numbers. */
  private final Map<Long, Map<Integer, Long>> heaps = new HashMap<>();

  /** By where the attributes stand: each is decoded once. */
  private final Map<Long, List<String>> decoded = new HashMap<>();

  Hdf5Strings(Hdf5Bytes bytes) {
    this.bytes = bytes;
  }

  /** The texts of an attribute; none if it holds something else. */
  List<String> of(Hdf5Attribute attribute) {
    return decoded.computeIfAbsent(attribute.at(), at -> decode(attribute));
  }

  private List<String> decode(Hdf5Attribute attribute) {
    Hdf5Type type = attribute.type();
    boolean heap = type.kind() == Hdf5Type.Kind.HEAP_TEXT;
    if (!heap && type.kind() != Hdf5Type.Kind.TEXT) {
      return List.of();
    }
    long least = heap ? 8L + bytes.offsetWidth() : 1;
    long count = Hdf5Space.count(attribute.shape(), attribute.size());
    if (type.bytes() < least || count > attribute.size() / type.bytes()) {
      throw new Hdf5Bytes.Damage("an attribute of more texts than it has room for");
    }
    List<String> texts = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      long at = attribute.at() + i * type.bytes();
      texts.add(heap ? inHeap(at) : fixed(type, at));
    }
    return List.copyOf(texts);
  }

  private String fixed(Hdf5Type type, long at) {
    long length =
        switch (type.padding()) {
          case Hdf5Type.ZERO_ENDS -> bytes.untilZero(at, type.bytes());
          case Hdf5Type.SPACES_FILL -> bytes.without(' ', at, type.bytes());
          default -> bytes.without(0, at, type.bytes());
        };
    return bytes.text(at, length);
  }

  private String inHeap(long at) {
    long length = bytes.u32(at);
    int index = (int) bytes.u32(at + 4 + bytes.offsetWidth());
    if (index == 0) {
      return "";
    }
    long heap = bytes.address(at + 4);
    Map<Integer, Long> objects = heaps.get(heap);
    if (objects == null) {
      objects = heap(heap);
      heaps.put(heap, objects);
    }
    Long object = objects.get(index);
    if (object == null || length > bytes.length(object + 8)) {
      throw new Hdf5Bytes.Damage("a text that its heap does not have");
    }
    long first = object + 8 + bytes.lengthWidth();
    return bytes.text(first, bytes.untilZero(first, length));
  }

  private Map<Integer, Long> heap(long at) {
    bytes.require(at, "GCOL");
    long size = bytes.length(at + 8);
    bytes.take(at, size);
    Map<Integer, Long> objects = new HashMap<>();
    long head = 8L + bytes.lengthWidth();
    long end = at + size;
    for (long place = at + head; place + head <= end; ) {
      int index = bytes.u16(place);
      long length = bytes.length(place + 8);
      if (index == 0 || length > end - place - head) {
        break;
      }
      objects.putIfAbsent(index, place);
      place += head + (length + 7 & ~7L);
    }
    return objects;
  }
}
