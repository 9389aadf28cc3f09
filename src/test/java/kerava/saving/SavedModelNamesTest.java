package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kerava.saving.format.VersionNumbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where versions of a model may be written, and how they are served. */
final class SavedModelNamesTest {
  @TempDir Path folder;

  @Test
  void aFolderOfVersionsTakesMore() throws IOException {
    assertDoesNotThrow(() -> SavedModels.checkBase(folder.resolve("none")));
    assertDoesNotThrow(() -> SavedModels.checkBase(folder));
    for (String name : new String[] {"1", "20", ".hidden", "SERVING.md", "models.config"}) {
      Files.createDirectory(folder.resolve(name));
    }
    assertDoesNotThrow(() -> SavedModels.checkBase(folder));
  }

  @Test
  void anyOtherFolderDoesNot() throws IOException {
    Files.createDirectory(folder.resolve("1"));
    Files.createFile(folder.resolve("notes.txt"));
    assertEquals(
        folder + ": expected a folder of numbered versions, got one with \"notes.txt\" in it",
        assertThrows(FileAlreadyExistsException.class, () -> SavedModels.checkBase(folder))
            .getMessage());
    Path file = folder.resolve("notes.txt");
    assertThrows(IllegalArgumentException.class, () -> SavedModels.checkBase(file));
    Path bare = Files.createFile(folder.resolve("bare"));
    assertEquals(
        bare + ": expected a folder of versions or nothing here, got a file",
        assertThrows(FileAlreadyExistsException.class, () -> SavedModels.checkBase(bare))
            .getMessage());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void oneVersionIsServedByACommand() {
    String command = SavedModels.servingCommand(folder.resolve("my model"), 3);
    assertTrue(
        command.startsWith(
            "docker run --rm -p 8500:8500 -p 8501:8501 -v '"
                + folder.resolve("my model").resolve("3")
                + ":/models/my_model/3' -e MODEL_NAME=my_model tensorflow/serving:"),
        command);
    String cut = SavedModels.servingCommand(folder.resolve("a:b"), 3);
    assertTrue(cut.contains("--mount 'type=bind,\"source="), cut);
    assertTrue(cut.contains("3\",target=/models/a_b/3' "), cut);
    assertTrue(SavedModels.servingCommand(Path.of("/"), 1).contains("MODEL_NAME=model "));
  }

  @Test
  void versionsAreFoldersWithNumbers() throws IOException {
    assertEquals(1, VersionNumbers.next(folder));
    Files.createDirectory(folder.resolve("7"));
    Files.createFile(folder.resolve("9"));
    Files.createDirectory(folder.resolve("x8"));
    Files.createDirectory(folder.resolve("1234567890123456789"));
    assertEquals(List.of(7L), VersionNumbers.in(folder));
    assertEquals(10, VersionNumbers.next(folder));
  }
}
