package kerava.saving;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kerava.Untrusted;
import kerava.saving.hdf5.Hdf5File;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HDF5 files whose parts refer to each other more often than any that was written. */
final class UntrustedHdf5Test {
  private static final int ROOT = 96;
  private static final int FREE = 80_000;

  @TempDir Path folder;
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private int messages;

  private ByteBuffer start(int size) {
    bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'});
    bytes.put(13, (byte) 8).put(14, (byte) 8);
    bytes.putLong(40, size).putLong(64, ROOT);
    bytes.put(ROOT, (byte) 1).position(ROOT + 16);
    messages = 0;
    return bytes;
  }

  private void message(int type, int size, Runnable content) {
    bytes.putShort((short) type).putShort((short) size).putInt(0);
    int at = bytes.position();
    content.run();
    bytes.position(at + size);
    bytes.putShort(ROOT + 2, (short) ++messages).putInt(ROOT + 8, bytes.position() - ROOT - 16);
  }

  /** A list of texts in a heap at {@link #FREE}. */
  private void texts(String name, long said, int count, int length) {
    message(
        0x0c,
        8 + 16 + 16 + 16 + 16 * count,
        () -> {
          int at = bytes.position();
          bytes.put((byte) 1).put((byte) 0).putShort((short) (name.length() + 1));
          bytes.putShort((short) 16).putShort((short) 16);
          bytes.put(name.getBytes(StandardCharsets.US_ASCII)).position(at + 24);
          bytes.putInt(0x119).putInt(16).putInt(0x13).putInt(1);
          bytes.putInt(0x101).putInt(0).putLong(said);
          for (int i = 0; i < count; i++) {
            bytes.putInt(length).putLong(FREE).putInt(1);
          }
        });
  }

  private void heap(int length) {
    bytes.put(FREE, "GCOL\u0001".getBytes(StandardCharsets.US_ASCII));
    bytes.putLong(FREE + 8, 32L + length).putShort(FREE + 16, (short) 1);
    bytes.putLong(FREE + 24, length);
    for (int i = 0; i < length; i++) {
      bytes.put(FREE + 32 + i, (byte) 'x');
    }
  }

  /** A group whose members, of some names, all have the header of the root. */
  private void circle(List<String> names, int treeLevel) {
    int heap = FREE;
    int tree = FREE + 2_000;
    int leaf = FREE + 4_000;
    message(0x11, 16, () -> bytes.putLong(tree).putLong(heap));
    bytes.put(heap, "HEAP".getBytes(StandardCharsets.US_ASCII));
    bytes.putLong(heap + 8, 500).putLong(heap + 24, heap + 100);
    bytes.put(tree, "TREE".getBytes(StandardCharsets.US_ASCII)).put(tree + 5, (byte) treeLevel);
    bytes.putShort(tree + 6, (short) 1).putLong(tree + 32, treeLevel == 0 ? leaf : tree);
    bytes.put(leaf, "SNOD\u0001".getBytes(StandardCharsets.US_ASCII));
    bytes.putShort(leaf + 6, (short) names.size());
    for (int i = 0; i < names.size(); i++) {
      bytes.put(heap + 108 + 16 * i, names.get(i).getBytes(StandardCharsets.US_ASCII));
      bytes.putLong(leaf + 8 + 40 * i, 8 + 16L * i).putLong(leaf + 16 + 40 * i, ROOT);
    }
  }

  private void refuse(String words) throws Exception {
    Path file = Files.write(folder.resolve("x.weights.h5"), bytes.array());
    Untrusted.refuse(words, file, () -> WeightsFile.list(file));
  }

  @Test
  void soundOnesAreRead() throws Exception {
    start(200_000);
    texts("keras_version", 1, 1, 5);
    texts("layer_names", 1, 1, 5);
    heap(64);
    Path file = Files.write(folder.resolve("x.weights.h5"), bytes.array());
    try (Hdf5File hdf = Hdf5File.read(file)) {
      org.junit.jupiter.api.Assertions.assertEquals(List.of("xxxxx"), hdf.texts("", "layer_names"));
    }
  }

  @Test
  void oneTextReferredToOften() throws Exception {
    start(FREE + 64 + (1 << 20));
    texts("layer_names", 4_000, 4_000, 1 << 20);
    heap(1 << 20);
    refuse("@layer_names: expected sound HDF5, got parts that share their bytes");
  }

  @Test
  void oneTextReferredToByManyAttributes() throws Exception {
    start(FREE + 64 + (1 << 20));
    for (int i = 0; i < 900; i++) {
      texts(i == 0 ? "layer_names" : "layer_names" + (i - 1), 1, 1, 1 << 20);
    }
    heap(1 << 20);
    refuse("parts that share their bytes");
  }

  @Test
  void moreTextsThanThereIsRoomFor() throws Exception {
    for (long said : new long[] {2, 1L << 31, 1L << 40, 1L << 60, Long.MAX_VALUE}) {
      start(200_000);
      texts("layer_names", said, 1, 8);
      heap(64);
      refuse("an attribute of more texts than it has room for");
    }
    start(200_000);
    texts("layer_names", 1, 1, Integer.MAX_VALUE);
    heap(64);
    refuse("a text that its heap does not have");
  }

  @Test
  void headersThatGoOnInThemselves() throws Exception {
    start(200_000);
    message(0x10, 16, () -> bytes.putLong(ROOT + 16).putLong(150_000));
    bytes.putShort(ROOT + 2, (short) 0xffff);
    refuse("expected sound HDF5, got");
  }

  @Test
  void treesThatHoldThemselves() throws Exception {
    start(200_000);
    circle(List.of("layers"), 1);
    refuse("a tree that does not hold groups in order");
  }

  @Test
  void groupsThatHoldThemselves() throws Exception {
    start(200_000);
    circle(List.of("layers", "vars", "other"), 0);
    refuse("expected at most 20000 groups and arrays, 200 within each other, got more");
  }

  @Test
  void addressesAndSizesBeyondTheFile() throws Exception {
    for (long address : new long[] {200_000, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE}) {
      start(200_000);
      bytes.putLong(64, address);
      refuse("HDF5: expected sound HDF5, got");
    }
  }
}
