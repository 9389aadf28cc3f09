package kerava.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is said where something cannot be written. */
final class WriteExceptionTest {
  @TempDir Path folder;

  private static String refusal(Path file) {
    return assertThrows(WriteException.class, () -> AtomicFile.write(file, Files::createFile))
        .getMessage();
  }

  @Test
  void namesTheFileThatIsInTheWay() throws IOException {
    Path taken = Files.writeString(folder.resolve("taken"), "a file");
    for (String below : new String[] {"model.keras", "a/b/model.keras"}) {
      Path file = taken.resolve(below);
      assertEquals(
          file
              + ": expected to write it, got a file at "
              + taken
              + ". Move it away, or choose another place.",
          refusal(file));
    }
    assertEquals(
        "Board: expected a folder to write in "
            + taken
            + ", got a file at "
            + taken
            + ". Move it away, or choose another place.",
        assertThrows(WriteException.class, () -> Folders.prepare("Board", taken)).getMessage());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void namesTheFolderThatCannotBeMade() {
    Path file = Path.of("/proc/x/y/model.keras");
    assertEquals(
        file
            + ": expected to write it, got nothing at /proc/x."
            + " Make a folder there, or choose another place.",
        refusal(file));
  }

  @Test
  void namesNoJavaClass() {
    Path file = folder.resolve("log.csv");
    assertEquals(
        "Log: expected to write, got no permission at "
            + file
            + ". Choose a place that you may write to.",
        WriteException.of("Log: expected to write", file, new AccessDeniedException("draft"))
            .getMessage());
    IOException full = new FileSystemException("draft", null, "No space left on device");
    String message = WriteException.of("Log: expected to write", file, full).getMessage();
    assertTrue(
        message.startsWith("Log: expected to write, got no space left on device: ")
            && message.endsWith(
                " bytes are free at " + folder + ". Make room, or choose another place."),
        message);
    assertEquals(
        "Log: expected to write, got disk full.",
        WriteException.of("Log: expected to write", new IOException("disk full.")).getMessage());
    assertEquals(
        "Log: expected to write, got an error that the system has no words for.",
        WriteException.of("Log: expected to write", new IOException()).getMessage());
  }

  @Test
  void keepsWhatWasFoundBelow() {
    WriteException below =
        WriteException.of("a.keras: expected to write it", new IOException("disk full"));
    assertEquals(
        "Checkpoint: expected to write in epoch 3, got disk full.",
        WriteException.of("Checkpoint: expected to write in epoch 3", below).getMessage());
  }

  @Test
  void preparesFoldersAndLeavesNothingThere() throws IOException {
    Path made = folder.resolve("a/b");
    Folders.prepare("Board", made);
    assertTrue(Files.isDirectory(made));
    try (var files = Files.list(made)) {
      assertEquals(0, files.count());
    }
  }
}
