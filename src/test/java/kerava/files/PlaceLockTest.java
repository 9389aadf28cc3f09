package kerava.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One at a time, and the second is told who the first is. */
final class PlaceLockTest {
  @TempDir private Path folder;

  private InUseException refusal() {
    return assertThrows(InUseException.class, () -> PlaceLock.folder("Test", folder));
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void anotherProcessIsNamedUntilItIsKilled() throws IOException {
    try (Holder holder = Holder.start("place", folder)) {
      InUseException e = refusal();
      assertTrue(
          e.holder()
              .matches(
                  "process " + holder.pid() + " on [\\w.-]+ since \\d{4}-\\d\\d-\\d\\dT[\\d:]+Z"),
          e.holder());
      assertEquals(
          "Test: expected to be alone at "
              + folder
              + ", got "
              + e.holder()
              + " there. Wait until it is done, or choose another place.",
          e.getMessage());
      assertEquals(e.holder(), refusal().holder());
    }
    assertEquals(1, files());
    PlaceLock.folder("Test", folder).close();
    assertEquals(0, files());
  }

  private @Nullable Throwable inAnotherThread() throws InterruptedException {
    AtomicReference<@Nullable Throwable> met = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                PlaceLock.folder("Test", folder).close();
              } catch (IOException e) {
                met.set(e);
              }
            });
    thread.start();
    thread.join();
    return met.get();
  }

  @Test
  void aThreadMayComeAgainAndAnotherOneMayNot() throws Exception {
    PlaceLock outer = PlaceLock.folder("Test", folder);
    try {
      PlaceLock inner = PlaceLock.folder("Test", folder);
      // Twice given back is once given back.
      inner.close();
      inner.close();
      assertTrue(inAnotherThread() instanceof InUseException);
      // The first thread's lock is still one for other processes.
      assertThrows(IOException.class, () -> Holder.start("place", folder).close());
    } finally {
      outer.close();
    }
    assertNull(inAnotherThread());
    assertEquals(0, files());
  }

  @Test
  void whatIsNoSayingIsNotRepeated() throws IOException {
    try (Holder holder = Holder.start("place", folder)) {
      assertTrue(holder.pid() > 0);
      Files.writeString(folder.resolve(".Test.lock"), "\u001b[31mprocess 1 on a since now");
      assertEquals("another process", refusal().holder());
    }
  }

  @Test
  void aFolderThatItMadeGoesAgain() throws IOException {
    Path made = folder.resolve("made");
    PlaceLock.folder("Test", made).close();
    assertFalse(Files.exists(made));
    try (PlaceLock lock = PlaceLock.folder("Test", made)) {
      Files.createFile(made.resolve("kept"));
      assertNotNull(lock);
    }
    assertTrue(Files.exists(made.resolve("kept")));
  }

  @Test
  void placesOfDifferentUsesLieInOneFolder() throws IOException {
    try (PlaceLock one = PlaceLock.folder("One", folder);
        PlaceLock file = PlaceLock.file("Csv", folder.resolve("a.csv"))) {
      assertNotNull(one);
      assertNotNull(file);
      assertTrue(Files.exists(folder.resolve(".One.lock")));
      assertTrue(Files.exists(folder.resolve(".a.csv.lock")));
    }
    assertEquals(0, files());
  }
}
