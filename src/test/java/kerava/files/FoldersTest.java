package kerava.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are probed, exchanged and put on the disk, and files of a known size at most. */
final class FoldersTest {
  @TempDir Path folder;

  @Test
  void aProbeLeavesNothingBehindThatWasNotThere() throws IOException {
    Path fresh = folder.resolve("fresh");
    Folders.probe("Test", fresh);
    assertFalse(Files.exists(fresh));
    Path old = Files.createDirectory(folder.resolve("old"));
    Folders.probe("Test", old);
    assertTrue(Files.isDirectory(old));
  }

  @Test
  void aProbeRefusesAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String message =
        assertThrows(WriteException.class, () -> Folders.probe("Test", file)).getMessage();
    assertTrue(message.startsWith("Test: expected a folder to write in " + file), message);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void twoFoldersExchangeTheirNames() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one ä"));
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(one.resolve("first"), "1");
    Files.writeString(other.resolve("second"), "2");
    assertTrue(AtomicExchange.done(one, other));
    assertEquals("2", Files.readString(one.resolve("second")));
    assertEquals("1", Files.readString(other.resolve("first")));
    assertFalse(AtomicExchange.done(one, folder.resolve("nothing")));
    assertTrue(Files.exists(one.resolve("second")));
  }

  @Test
  void allOfAFolderIsPutOnTheDisk() throws Exception {
    Path inner = Files.createDirectories(folder.resolve("a/b"));
    Path file = Files.createFile(inner.resolve("c"));
    Path top = folder.resolve("a");
    assertEquals(Set.of(top, inner, file), new HashSet<>(Fsync.tree(top)));
    Set<Path> forced =
        new HashSet<>(
            Forced.during(
                () -> {
                  Fsync.all(top);
                  return top;
                }));
    assertTrue(
        forced.containsAll(Set.of(top.toRealPath(), inner.toRealPath(), file.toRealPath())),
        forced.toString());
  }

  @Test
  void aFileIsReadUpToItsLimit() throws IOException {
    Path file = Files.writeString(folder.resolve("five"), "12345");
    assertArrayEquals("12345".getBytes(UTF_8), SmallFile.bytes(file, 5));
    assertEquals(
        file + ": expected at most 4 bytes, got 5.",
        assertThrows(IOException.class, () -> SmallFile.bytes(file, 4)).getMessage());
  }

  @Test
  void recordsReachTheStreamWhenFlushedAndEndItWhenClosed() throws IOException {
    Stream out = new Stream();
    try (RecordWriter writer = new RecordWriter(out)) {
      writer.write(new byte[] {1});
      assertEquals(0, out.flushed);
      writer.flush();
      assertEquals(1, out.flushed);
      assertFalse(out.closed);
    }
    assertTrue(out.closed);
    assertEquals(17, out.size());
  }

  /** Notes what is done to it. */
  private static final class Stream extends ByteArrayOutputStream {
    private int flushed;
    private boolean closed;

    @Override
    public void flush() {
      flushed++;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
