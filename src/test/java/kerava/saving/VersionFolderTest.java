package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.files.Forced;
import kerava.files.Fsync;
import kerava.files.Holder;
import kerava.files.WriteException;
import kerava.graph.Weights;
import kerava.layers.Dense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A version appears whole or not at all. */
final class VersionFolderTest {
  private static final Model MODEL = Sequential.of(Input.of(4), Dense.of(3));
  private static final Weights WEIGHTS = SeedModel.weights(MODEL, 1);

  /** Dies when it is asked about a step of a certain number. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws IOException {
      int[] left = {Integer.parseInt(args[1])};
      export(
          Path.of(args[0]),
          step -> {
            if (left[0]-- == 0) {
              Runtime.getRuntime().halt(9);
            }
          });
    }
  }

  private static Path export(Path base, VersionFolder.Steps steps) throws IOException {
    ExportOptions options = ExportOptions.defaults().classNames(List.of("a", "b", "c"));
    return SavedModels.export(new SavedModels.Content(MODEL, WEIGHTS, options), base, steps);
  }

  /** The folders that a server would look at. */
  static List<String> numbers(Path base) {
    try (Stream<Path> children = Files.list(base)) {
      return children
          .map(child -> child.getFileName().toString())
          .filter(name -> name.matches("-?\\d+"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> steps(Path base) throws IOException {
    List<String> steps = new ArrayList<>();
    export(base, steps::add);
    return steps;
  }

  @Test
  void writesTheModelLast(@TempDir Path base) throws IOException {
    List<String> written = steps(base).stream().filter(step -> step.startsWith("write ")).toList();
    int model = written.indexOf("write saved_model.pb");
    assertEquals(List.of("write beside SERVING.md"), written.subList(model + 1, written.size()));
  }

  @Test
  void leavesNothingBehindWhenAnyStepFails(@TempDir Path folder) throws IOException {
    List<String> steps = steps(folder.resolve("whole"));
    assertTrue(steps.size() > 10, steps.toString());
    for (int i = 0; i < steps.size(); i++) {
      Path base = Files.createDirectory(folder.resolve("base" + i));
      int[] left = {i};
      IOException e =
          assertThrows(
              IOException.class,
              () ->
                  export(
                      base,
                      step -> {
                        if (left[0]-- == 0) {
                          throw new IOException("no space left");
                        }
                      }));
      assertEquals("no space left", e.getMessage());
      assertEquals(List.of(), numbers(base), steps.get(i));
      try (Stream<Path> rest = Files.list(base)) {
        assertEquals(
            List.of(), rest.filter(path -> !path.endsWith("SERVING.md")).toList(), steps.get(i));
      }
    }
  }

  @Test
  void showsNoVersionWhenItIsKilled(@TempDir Path folder) throws Exception {
    List<String> steps = steps(folder.resolve("whole"));
    int pb = steps.indexOf("write saved_model.pb");
    for (int i : new int[] {1, pb, pb + 1, steps.size() - 1}) {
      Path base = Files.createDirectory(folder.resolve("base" + i));
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Child.class.getName(),
                  base.toString(),
                  String.valueOf(i))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      assertTrue(child.waitFor(3, TimeUnit.MINUTES));
      assertEquals(9, child.exitValue(), () -> read(folder.resolve("log")));
      assertEquals(List.of(), numbers(base), steps.get(i));
      // What was left there is in nobody's way.
      assertEquals(base.resolve("1"), export(base, step -> {}));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aWatcherSeesOnlyWholeVersions(@TempDir Path base) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    List<String> wrong = new ArrayList<>();
    Thread watcher =
        new Thread(
            () -> {
              while (!done.get()) {
                for (String number : numbers(base)) {
                  Path version = base.resolve(number);
                  for (String file :
                      List.of(
                          "saved_model.pb",
                          "variables/variables.index",
                          "variables/variables.data-00000-of-00001",
                          Warmup.FILE)) {
                    if (!Files.exists(version.resolve(file))) {
                      wrong.add(number + "/" + file);
                    }
                  }
                }
              }
            });
    watcher.start();
    for (int i = 0; i < 3; i++) {
      export(base, step -> {});
    }
    done.set(true);
    watcher.join();
    assertEquals(List.of(), wrong);
    assertEquals(3, numbers(base).size());
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

  private static Path export(Path base, OptionalLong version) throws IOException {
    ExportOptions options = ExportOptions.defaults().version(version.getAsLong());
    return SavedModels.export(new SavedModels.Content(MODEL, WEIGHTS, options), base, step -> {});
  }

  private static Set<String> names(Path base) {
    return Set.of(base.toFile().list());
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

  private static List<Path> hidden(Path base) throws IOException {
    try (Stream<Path> children = Files.list(base)) {
      return children.filter(path -> path.toString().endsWith(".part")).toList();
    }
  }

  @Test
  void whatTensorFlowCannotWriteIsToldInTheSystemsWords(@TempDir Path base) {
    WriteException e =
        assertThrows(
            WriteException.class,
            () ->
                export(
                    base,
                    step -> {
                      if (step.equals("write variables")) {
                        Files.delete(hidden(base).get(0).resolve("variables"));
                        Files.createFile(hidden(base).get(0).resolve("variables"));
                      }
                    }));
    assertTrue(
        e.getMessage()
            .matches(
                "\\Q" + base + "\\E: expected to write variables of a new version, got [^;/]+\\."),
        e.getMessage());
    assertEquals(Set.of(), names(base));
  }

  @Test
  void whatAKilledExportLeftIsRemovedByTheNext(@TempDir Path folder) throws Exception {
    Path base = folder.resolve("base");
    Holder.start("folder", base).close();
    assertEquals(2, names(base).size());
    export(base, step -> {});
    assertEquals(Set.of("1", "SERVING.md"), names(base));
  }

  @Test
  void aWarmUpWithoutVariablesFails(@TempDir Path base) throws IOException {
    Path version = export(base, step -> {});
    Files.delete(version.resolve("variables").resolve("variables.index"));
    assertThrows(IOException.class, () -> Warmup.replay(version));
    assertFalse(Files.exists(version.resolve("variables").resolve("variables.index")));
  }
}
