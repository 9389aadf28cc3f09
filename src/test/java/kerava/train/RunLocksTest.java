package kerava.train;

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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import kerava.files.Holder;
import kerava.files.InUseException;
import kerava.train.callbacks.CsvLogger;
import kerava.train.callbacks.ModelCheckpoint;
import kerava.train.callbacks.TensorBoard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two runs must not write at the same time. */
final class RunLocksTest {
  @TempDir private Path folder;

  /** A training that stays in its first epoch. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      Callback callback = callbacks(Path.of(args[0])).get(args[1]);
      fit(
          callback,
          Callback.onEpoch(
              epoch -> {
                System.out.println("ready");
                try {
                  Thread.sleep(300_000);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                return CallbackAction.proceed();
              }));
    }
  }

  private static Map<String, Callback> callbacks(Path folder) {
    return new TreeMap<>(
        Map.of(
            "BackupAndRestore",
            BackupAndRestore.of(folder.resolve("backup")),
            "CsvLogger",
            CsvLogger.of(folder.resolve("log.csv")).append(),
            "ModelCheckpoint",
            ModelCheckpoint.always((epoch, view) -> {}).into(folder.resolve("checkpoints")),
            "TensorBoard",
            TensorBoard.of(folder.resolve("logs"))));
  }

  private static void fit(Callback... callbacks) {
    try (Trainer trainer = KilledTraining.trainer(KilledTraining.optimizer())) {
      trainer.fit(KilledTraining.data(1, 9), Fit.epochs(2).batchSize(9).callbacks(callbacks));
    }
  }

  @Test
  void theSecondIsToldAtOnceWhoTheFirstIs() throws IOException {
    for (Map.Entry<String, Callback> each : callbacks(folder).entrySet()) {
      AtomicBoolean begun = new AtomicBoolean();
      Callback other =
          run -> {
            begun.set(true);
            return new Callback.Observer() {};
          };
      try (Holder first = Holder.start(Child.class, folder.toString(), each.getKey())) {
        UncheckedIOException e =
            assertThrows(UncheckedIOException.class, () -> fit(other, each.getValue()));
        assertTrue(e.getCause() instanceof InUseException, e.toString());
        assertTrue(
            e.getMessage().startsWith(each.getKey() + ": expected to be alone at " + folder),
            e.getMessage());
        assertTrue(e.getMessage().contains("process " + first.pid() + " on "), e.getMessage());
        assertFalse(begun.get());
      }
      fit(other, each.getValue());
      assertTrue(begun.get());
    }
    try (Stream<Path> left = Files.walk(folder)) {
      assertEquals(
          List.of(), left.filter(path -> path.getFileName().toString().startsWith(".")).toList());
    }
  }

  @Test
  void aRunThatFailsGivesAllBack() throws Exception {
    Callback[] all = callbacks(folder).values().toArray(Callback[]::new);
    Callback broken =
        run -> {
          throw new IllegalStateException("broken");
        };
    Callback[] some = {all[0], all[1], all[2], all[3], broken};
    assertThrows(IllegalStateException.class, () -> fit(some));
    Thread other = new Thread(() -> fit(all));
    List<Throwable> met = new ArrayList<>();
    other.setUncaughtExceptionHandler((thread, e) -> met.add(e));
    other.start();
    other.join();
    assertEquals(List.of(), met);
  }
}
