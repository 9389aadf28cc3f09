package kerava.saving.export;

import static kerava.saving.export.SmallExport.export;
import static kerava.saving.export.SmallExport.hidden;
import static kerava.saving.export.SmallExport.names;
import static kerava.saving.export.SmallExport.steps;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import kerava.files.Forced;
import kerava.files.Fsync;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** In which order a version is written, and which number it gets. */
final class VersionFolderTest {
  @Test
  void writesTheModelLast(@TempDir Path base) throws IOException {
    List<String> written = steps(base).stream().filter(step -> step.startsWith("write ")).toList();
    int model = written.indexOf("write saved_model.pb");
    assertEquals(List.of("write beside SERVING.md"), written.subList(model + 1, written.size()));
  }

  @Test
  void whatStandsThereIsNeverReplaced(@TempDir Path base) throws IOException {
    // A rename would take the place of an empty folder, and a server may be looking at it.
    Files.createDirectory(base.resolve("1"));
    Files.createFile(base.resolve("2"));
    assertEquals(base.resolve("3"), export(base, step -> {}));
    for (long taken : new long[] {1, 2, 3}) {
      assertThrows(FileAlreadyExistsException.class, () -> export(base, OptionalLong.of(taken)));
    }
    assertEquals(0, new File(base.resolve("1").toString()).list().length);
    assertEquals(0, Files.size(base.resolve("2")));
    assertEquals(base.resolve("7"), export(base, OptionalLong.of(7)));
    assertEquals(Set.of("1", "2", "3", "7", "SERVING.md"), names(base));
  }

  @Test
  void aNumberThatAnotherTakesAtTheLastMomentIsPassedOver(@TempDir Path base) throws IOException {
    VersionFolder.Steps faster =
        step -> {
          if (step.equals("publish 1") || step.equals("publish 2")) {
            Path other = Files.createDirectory(base.resolve(step.substring("publish ".length())));
            Files.createFile(other.resolve("whole"));
          }
        };
    assertEquals(base.resolve("3"), export(base, faster));
    assertEquals(Set.of("1", "2", "3", "SERVING.md"), names(base));
    assertTrue(Files.exists(base.resolve("1/whole")) && Files.exists(base.resolve("2/whole")));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void allOfAVersionIsOnTheDiskBeforeItIsSeen(@TempDir Path temporary) throws Exception {
    Path base = temporary.toRealPath();
    List<Path> stage = new ArrayList<>();
    List<Path> forced =
        Forced.during(
            () ->
                export(
                    base,
                    step -> {
                      if (step.equals("publish 1")) {
                        stage.addAll(hidden(base));
                      }
                    }));
    Path version = base.resolve("1");
    Set<Path> expected = new HashSet<>();
    for (Path path : Fsync.tree(version)) {
      expected.add(stage.get(0).resolve(version.relativize(path)));
    }
    assertTrue(forced.containsAll(expected), forced + " lacks some of " + expected);
    assertEquals(base, forced.get(forced.size() - 1));
  }
}
