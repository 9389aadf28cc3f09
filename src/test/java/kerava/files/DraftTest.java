package kerava.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files appear whole, stay, and leave nothing else behind. */
final class DraftTest {
  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void name() throws IOException {
    folder = Files.createDirectory(temporary.toRealPath().resolve("folder"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theFileIsOnTheDiskBeforeItsNameIsAndThatBeforeTheEnd() throws Exception {
    Path file = folder.resolve("a.keras");
    AtomicReference<Path> draft = new AtomicReference<>();
    List<Path> forced =
        Forced.during(
            () -> {
              AtomicFile.write(
                  file,
                  path -> {
                    draft.set(path);
                    Files.writeString(path, "whole");
                  });
              return file;
            });
    assertEquals(List.of(draft.get(), folder), forced);
    assertEquals("whole", Files.readString(file));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void foldersThatAreMadeAreOnTheDiskToo() throws Exception {
    Path deep = folder.resolve("a/b");
    List<Path> forced =
        Forced.during(
            () -> {
              Folders.make(deep);
              return deep;
            });
    assertEquals(List.of(folder, folder.resolve("a")), forced);
  }

  @Test
  void aFailedWriterLeavesWhatWasThereAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("a.keras"), "old");
    for (boolean begun : new boolean[] {false, true}) {
      WriteException e =
          assertThrows(
              WriteException.class,
              () ->
                  AtomicFile.writeDraft(
                      file,
                      draft -> {
                        if (begun) {
                          Files.writeString(draft.path(), "half");
                          Files.createDirectory(draft.another());
                        }
                        throw new IOException("gone");
                      }));
      assertEquals(file + ": expected to write it, got gone.", e.getMessage());
      assertEquals(List.of("a.keras"), names());
      assertEquals("old", Files.readString(file));
    }
    assertThrows(IllegalStateException.class, () -> AtomicFile.write(file, DraftTest::breakDown));
    assertEquals(List.of("a.keras"), names());
  }

  private static void breakDown(Path draft) throws IOException {
    Files.writeString(draft, "half");
    throw new IllegalStateException();
  }

  @Test
  void whatKilledProcessesLeftIsRemovedByTheNextWriter() throws IOException {
    for (String what : List.of("file", "folder")) {
      Holder holder = Holder.start(what, what.equals("file") ? folder.resolve("a") : folder);
      List<String> alive = names();
      assertEquals(2, alive.size(), alive.toString());
      AtomicFile.write(folder.resolve("b"), Files::createFile);
      List<String> both = new ArrayList<>(alive);
      both.add("b");
      assertEquals(both, names(), "removed while its writer lived");
      holder.close();
      AtomicFile.write(folder.resolve("b"), path -> Files.writeString(path, "b"));
      assertEquals(List.of("b"), names());
      Files.delete(folder.resolve("b"));
    }
  }

  @Test
  void folderChecksTidyUpToo() throws IOException {
    Holder.start("file", folder.resolve("a")).close();
    assertEquals(2, names().size());
    Folders.prepare("Test", folder);
    assertEquals(List.of(), names());
  }

  @Test
  void whatIsNoDraftStays() throws IOException {
    List<String> others =
        List.of(".kerava-1-1-1-1.keras", ".kerava-1-1-1-1.lockx", ".kerava-x.lock", ".x.part");
    for (String name : others) {
      Files.createFile(folder.resolve(name));
    }
    // Without a lock file nothing is proved.
    Files.createFile(folder.resolve(".kerava-2-2-2-2.0.part"));
    // This one is a dead process'; what only looks as if it belonged to it is not.
    Files.createFile(folder.resolve(".kerava-3-3-3-3.lock"));
    Files.createFile(folder.resolve(".kerava-3-3-3-3.0.part"));
    Files.createFile(folder.resolve(".kerava-3-3-3-33.0.part"));
    AtomicFile.write(folder.resolve("b"), Files::createFile);
    List<String> expected = new ArrayList<>(others);
    expected.addAll(List.of("b", ".kerava-2-2-2-2.0.part", ".kerava-3-3-3-33.0.part"));
    assertEquals(expected.stream().sorted().toList(), names());
  }

  @Test
  void whatThisProcessCouldNotRemoveIsRemovedLater() throws IOException {
    Draft draft = Draft.in(folder);
    Path left = Files.createDirectory(draft.path());
    Files.createFile(left.resolve("x"));
    try (Draft other = Draft.in(folder)) {
      assertTrue(Files.exists(left), "removed while it was written: " + other.path());
    }
    draft.abandon();
    AtomicFile.write(folder.resolve("b"), Files::createFile);
    assertEquals(List.of("b"), names());
  }

  @Test
  void draftsOfTheSameProcessDoNotMeet() throws IOException {
    try (Draft one = Draft.in(folder);
        Draft other = Draft.in(folder)) {
      Files.writeString(one.path(), "one");
      Files.writeString(other.path(), "other");
      AtomicFile.write(folder.resolve("third"), Files::createFile);
      assertTrue(Files.exists(one.path()) && Files.exists(other.path()));
      one.moveTo(folder.resolve("a"));
      other.moveTo(folder.resolve("a"));
    }
    assertEquals("other", Files.readString(folder.resolve("a")));
    assertEquals(List.of("a", "third"), names());
  }

  @Test
  void aFolderTakesTheNameOfNoOther() throws IOException {
    Path target = Files.createDirectory(folder.resolve("a"));
    Files.createFile(target.resolve("mine"));
    try (Draft draft = Draft.in(folder)) {
      Files.createDirectory(draft.path());
      assertThrows(IOException.class, () -> draft.moveTo(target));
    }
    assertEquals(List.of("a"), names());
    assertTrue(Files.exists(target.resolve("mine")));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsNamedWithItsRoom() {
    Path file = folder.resolve("a.keras");
    String message =
        assertThrows(
                WriteException.class,
                () -> AtomicFile.write(file, draft -> Files.writeString(Path.of("/dev/full"), "x")))
            .getMessage();
    assertTrue(
        message.matches(
            "\\Q"
                + file
                + "\\E: expected to write it, got no space left on device: [\\d,]+ bytes are free"
                + " at \\Q"
                + folder
                + "\\E\\. Make room, or choose another place\\."),
        message);
  }

  @Test
  void aLockFileIsTakenOnceAndGoneThen() throws IOException {
    Path path = folder.resolve(".lock");
    LockFile lock = LockFile.take(path).orElseThrow();
    assertTrue(LockFile.take(path).isEmpty());
    assertTrue(LockFile.abandoned(path).isEmpty());
    lock.release();
    LockFile again = LockFile.abandoned(path).orElseThrow();
    again.close();
    again.close();
    assertFalse(Files.exists(path));
    assertTrue(LockFile.abandoned(path).isEmpty());
    assertFalse(Files.exists(path));
    assertThrows(NoSuchFileException.class, () -> LockFile.take(folder.resolve("no/lock")));
  }
}
