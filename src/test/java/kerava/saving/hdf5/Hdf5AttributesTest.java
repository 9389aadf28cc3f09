package kerava.saving.hdf5;

import static kerava.saving.hdf5.Hdf5Builder.FREE;
import static kerava.saving.hdf5.Hdf5Builder.message;
import static kerava.saving.hdf5.Hdf5Builder.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import kerava.files.ModelFormatException;
import org.junit.jupiter.api.Test;

/** Texts that groups carry, in the forms that other programs give them. */
final class Hdf5AttributesTest {
  private final Hdf5Builder file = new Hdf5Builder();

  private static void fill(ByteBuffer bytes, int from, int padding) {
    bytes.position(from + ((bytes.position() - from + padding) & ~padding));
  }

  /** An attribute "a" of texts of one length. */
  private static byte[] fixed(int version, int padding, int size, String... texts) {
    return attribute(
        version,
        0x13,
        padding,
        size,
        bytes -> {
          for (String text : texts) {
            int at = bytes.position();
            text(bytes, text);
            bytes.position(at + size);
          }
        },
        texts.length);
  }

  private static byte[] attribute(
      int version,
      int type,
      int flags,
      int size,
      java.util.function.Consumer<ByteBuffer> content,
      int count) {
    int fill = version == 1 ? 7 : 0;
    return message(
        Hdf5Header.ATTRIBUTE,
        bytes -> {
          bytes.put((byte) version).put((byte) 0);
          bytes.putShort((short) 2).putShort((short) 8).putShort((short) 12);
          bytes.position(bytes.position() + (version == 3 ? 1 : 0));
          int name = bytes.position();
          text(bytes, "a\0");
          fill(bytes, name, fill);
          bytes.put((byte) type).put((byte) flags).putShort((short) 0).putInt(size);
          int space = bytes.position();
          bytes.put((byte) 2).put((byte) 1).putShort((short) 0).putLong(count);
          fill(bytes, space, fill);
          content.accept(bytes);
        });
  }

  private List<String> texts() throws ModelFormatException {
    try (Hdf5File hdf = file.open()) {
      return hdf.texts("", "a");
    }
  }

  private void damaged(String found) {
    assertEquals(
        "x.h5: @a: expected sound HDF5, got " + found + ". Is the file damaged?",
        assertThrows(ModelFormatException.class, this::texts).getMessage());
  }

  @Test
  void ofEveryVersion() throws ModelFormatException {
    for (int version = 1; version <= 3; version++) {
      file.attributes(fixed(version, 1, 4, "ab", "cdef"));
      assertEquals(List.of("ab", "cdef"), texts());
    }
    for (int version : new int[] {0, 4}) {
      file.attributes(fixed(version, 1, 4, "ab"));
      damaged("an attribute of version " + version);
    }
  }

  @Test
  void endInWhatFillsThem() throws ModelFormatException {
    file.attributes(fixed(3, 0, 5, "a\0b "));
    assertEquals(List.of("a"), texts());
    file.attributes(fixed(3, 1, 5, "a\0b "));
    assertEquals(List.of("a\0b "), texts());
    file.attributes(fixed(3, 2, 4, "a\0b "));
    assertEquals(List.of("a\0b"), texts());
  }

  @Test
  void haveRoomForAllOfThem() throws ModelFormatException {
    byte[] attribute = fixed(3, 1, 4, "ab", "cdef");
    int count = 4 + 8 + 1 + 2 + 8 + 4;
    assertEquals(2, attribute[count]);
    attribute[count] = 3;
    file.attributes(attribute);
    damaged("an attribute of more texts than it has room for");
    attribute[count] = 0;
    file.attributes(attribute);
    assertEquals(List.of(), texts());
    file.attributes(fixed(3, 1, 0, "", ""));
    damaged("an attribute of more texts than it has room for");
  }

  @Test
  void otherAttributesHoldNone() throws ModelFormatException {
    file.attributes(attribute(3, 0x10, 8, 4, bytes -> bytes.putInt(7), 1));
    assertEquals(List.of(), texts());
    try (Hdf5File hdf = file.open()) {
      assertEquals(List.of(), hdf.texts("", "b"));
      assertEquals(List.of(), hdf.texts("nowhere", "a"));
      assertEquals(Optional.empty(), hdf.text("", "a"));
    }
  }

  @Test
  void areNoLongerThanTheirMessage() throws ModelFormatException {
    byte[] attribute = fixed(3, 1, 4, "ab");
    attribute[4 + 2] = 7;
    file.attributes(attribute);
    damaged("an attribute that is longer than its message");
    file.attributes(fixed(3, 1, 4, "ab"), fixed(3, 1, 4, "ab"));
    damaged("an attribute twice");
    byte[] shared = fixed(3, 1, 4, "ab");
    shared[4 + 1] = 1;
    file.attributes(shared);
    damaged("an attribute whose type another header has");
  }

  private static byte[] inHeap(int length, int index) {
    return attribute(3, 0x19, 1, 16, bytes -> bytes.putInt(length).putLong(FREE).putInt(index), 1);
  }

  /** A heap of two texts, which fill it. */
  private void heap(int size) {
    file.put(
        FREE,
        bytes -> {
          text(bytes, "GCOL\1\0\0\0");
          bytes.putLong(size).putShort((short) 1).putShort((short) 1).putInt(0).putLong(5);
          text(bytes, "first\0\0\0");
          bytes.putShort((short) 2).putShort((short) 1).putInt(0).putLong(8);
          text(bytes, "second\0x");
        });
  }

  @Test
  void inHeaps() throws ModelFormatException {
    heap(64);
    file.attributes(inHeap(5, 1));
    assertEquals(List.of("first"), texts());
    file.attributes(inHeap(3, 1));
    assertEquals(List.of("fir"), texts());
    file.attributes(inHeap(8, 2));
    assertEquals(List.of("second"), texts());
    file.attributes(inHeap(8, 0));
    assertEquals(List.of(""), texts());
    file.attributes(inHeap(6, 1));
    damaged("a text that its heap does not have");
    file.attributes(inHeap(1, 3));
    damaged("a text that its heap does not have");
  }

  @Test
  void heapsThatEndEarlier() {
    heap(63);
    file.attributes(inHeap(8, 2));
    damaged("a text that its heap does not have");
    file.put(FREE, bytes -> text(bytes, "GCOR"));
    damaged("no GCOL");
  }

  @Test
  void inDenseStorageAreRefused() throws ModelFormatException {
    byte[] dense =
        message(0x15, bytes -> bytes.put((byte) 0).put((byte) 0).putLong(-1).putLong(-1));
    file.attributes(fixed(3, 1, 4, "ab"), dense);
    assertEquals(List.of("ab"), texts());
    java.util.Arrays.fill(dense, 7, 14, (byte) 0);
    dense[6] = 1;
    file.attributes(fixed(3, 1, 4, "ab"), dense);
    damaged(
        "attributes in dense storage, which h5py.File(..., libver=\"earliest\") does not write");
    byte[] counted =
        message(
            0x15,
            bytes -> bytes.put((byte) 0).put((byte) 1).putShort((short) 3).putLong(-1).putLong(5));
    file.attributes(fixed(3, 1, 4, "ab"), counted);
    assertEquals(List.of("ab"), texts());
  }
}
