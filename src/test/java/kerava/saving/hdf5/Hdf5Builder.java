package kerava.saving.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import kerava.files.ModelFormatException;

/** An HDF5 file of the later form, byte by byte: superblock 2, headers of version 2. */
final class Hdf5Builder {
  static final int ROOT = 64;
  static final int INNER = 1024;
  static final int FREE = 2048;
  private static final int SIZE = 4096;

  private final ByteBuffer file = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);

  Hdf5Builder() {
    file.put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 2, 8, 8, 0});
    file.putLong(12, 0).putLong(20, -1).putLong(28, SIZE).putLong(36, ROOT);
  }

  /** A message of a header. */
  static byte[] message(int type, Consumer<ByteBuffer> content) {
    ByteBuffer bytes = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) type).position(4);
    content.accept(bytes);
    bytes.putShort(1, (short) (bytes.position() - 4));
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  static byte[] bytes(ByteOrder order, Consumer<ByteBuffer> content) {
    ByteBuffer bytes = ByteBuffer.allocate(64).order(order);
    content.accept(bytes);
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  static byte[] singles(float... values) {
    return bytes(
        ByteOrder.LITTLE_ENDIAN,
        bytes -> {
          for (float value : values) {
            bytes.putFloat(value);
          }
        });
  }

  static void text(ByteBuffer bytes, String text) {
    bytes.put(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What says that a group's links stand in its header. */
  static byte[] links() {
    return message(
        Hdf5Header.LINK_INFO, bytes -> bytes.put((byte) 0).put((byte) 0).putLong(-1).putLong(-1));
  }

  /** A link to the inner header. */
  static byte[] link(String name) {
    return message(
        Hdf5Header.LINK,
        bytes -> {
          bytes.put((byte) 1).put((byte) 0).put((byte) name.length());
          text(bytes, name);
          bytes.putLong(INNER);
        });
  }

  static byte[] space(long... axes) {
    return message(
        Hdf5Header.SPACE,
        bytes -> {
          bytes.put((byte) 2).put((byte) axes.length).put((byte) 0).put((byte) 1);
          Arrays.stream(axes).forEach(bytes::putLong);
        });
  }

  /** The type of floats of 2, 4 or 8 bytes. */
  static byte[] floats(int size, boolean bigEndian) {
    int exponent = size == 2 ? 5 : size == 4 ? 8 : 11;
    int fraction = size * 8 - 1 - exponent;
    return message(
        Hdf5Header.TYPE,
        bytes -> {
          bytes.put((byte) 0x11).put((byte) (bigEndian ? 0x21 : 0x20)).put((byte) (size * 8 - 1));
          bytes.put((byte) 0).putInt(size).putShort((short) 0).putShort((short) (size * 8));
          bytes.put((byte) fraction).put((byte) exponent).put((byte) 0).put((byte) fraction);
          bytes.putInt((1 << (exponent - 1)) - 1);
        });
  }

  /** The type of whole numbers. */
  static byte[] whole(int size, boolean signed) {
    return message(
        Hdf5Header.TYPE,
        bytes -> {
          bytes.put((byte) 0x10).put((byte) (signed ? 8 : 0)).putShort((short) 0).putInt(size);
          bytes.putShort((short) 0).putShort((short) (size * 8));
        });
  }

  /** Numbers that stand in the header itself. */
  static byte[] compact(int said, byte... content) {
    return message(
        Hdf5Header.LAYOUT,
        bytes -> bytes.put((byte) 3).put((byte) 0).putShort((short) said).put(content));
  }

  /** Numbers that stand in one piece at an address. */
  static byte[] piece(int version, long address, long size) {
    return message(
        Hdf5Header.LAYOUT,
        bytes -> bytes.put((byte) version).put((byte) 1).putLong(address).putLong(size));
  }

  /** Puts a header of messages at an address, with the flags that say which parts it has. */
  Hdf5Builder header(int at, int flags, byte[]... messages) {
    file.position(at);
    text(file, "OHDR");
    file.put((byte) 2).put((byte) flags);
    file.position(file.position() + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
    int order = (flags & 4) != 0 ? 2 : 0;
    long size = Arrays.stream(messages).mapToLong(message -> message.length + order).sum();
    for (int i = 0; i < 1 << (flags & 3); i++) {
      file.put((byte) (size >>> (8 * i)));
    }
    for (byte[] message : messages) {
      file.put(message, 0, 4).position(file.position() + order);
      file.put(message, 4, message.length - 4);
    }
    return this;
  }

  /** A root with one array, "x". */
  Hdf5Builder array(byte[]... messages) {
    return header(ROOT, 0, links(), link("x")).header(INNER, 1, messages);
  }

  /** A root with attributes, and no array. */
  Hdf5Builder attributes(byte[]... attributes) {
    List<byte[]> messages = new ArrayList<>(List.of(links()));
    messages.addAll(List.of(attributes));
    return header(ROOT, 1, messages.toArray(byte[][]::new));
  }

  Hdf5Builder put(int at, Consumer<ByteBuffer> content) {
    file.position(at);
    content.accept(file);
    return this;
  }

  Hdf5File open() throws ModelFormatException {
    return Hdf5File.open(Path.of("x.h5"), file.array());
  }

  /** The numbers of the array x. */
  float[] floats() throws ModelFormatException {
    try (Hdf5File hdf = open()) {
      return hdf.floats("x").floats();
    }
  }

  /** The array x is refused with a sentence. */
  void refused(String sentence) {
    assertEquals(
        "x.h5: " + sentence, assertThrows(ModelFormatException.class, this::floats).getMessage());
  }

  /** The array x is refused as damaged. */
  void damaged(String found) {
    refused("x: expected sound HDF5, got " + found + ". Is the file damaged?");
  }
}
