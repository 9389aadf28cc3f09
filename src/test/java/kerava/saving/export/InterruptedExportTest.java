package kerava.saving.export;

import static kerava.saving.export.SmallExport.export;
import static kerava.saving.export.SmallExport.hidden;
import static kerava.saving.export.SmallExport.names;
import static kerava.saving.export.SmallExport.numbers;
import static kerava.saving.export.SmallExport.steps;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import kerava.files.Holder;
import kerava.files.WriteException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export that fails, is killed, or is watched: a version is there whole or not at all. */
final class InterruptedExportTest {
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
