package kerava.train;

import static kerava.train.FitTest.FIT;
import static kerava.train.FitTest.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.graph.Weights;
import kerava.train.callbacks.CsvLogger;
import kerava.train.callbacks.EarlyStopping;
import kerava.train.callbacks.ModelCheckpoint;
import kerava.train.callbacks.ReduceLROnPlateau;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callbacks hear of a fit, in which order, and what they may do. */
final class FitCallbacksTest {
  @TempDir Path folder;

  @Test
  void showsEveryBatchToCallbacks() {
    List<Batch> batches = new ArrayList<>();
    List<Map<String, Double>> means = new ArrayList<>();
    Callback watch =
        Callback.onBatch(
            batch -> {
              batches.add(batch);
              means.add(batch.means().get());
              return CallbackAction.proceed();
            });
    try (Trainer trainer = Small.trainer()) {
      History history = trainer.fit(Small.DATA, FIT.callbacks(watch));
      assertEquals(12, batches.size());
      for (int i = 0; i < 12; i++) {
        Batch batch = batches.get(i);
        assertEquals(
            List.of(i / 6, i % 6, 6, i),
            List.of(batch.epoch(), batch.index(), batch.count(), (int) batch.step()));
      }
      assertEquals(batches.get(0).loss(), means.get(0).get("loss"), 1e-7);
      assertEquals(history.get("loss").get(1), means.get(11).get("loss"));
      double sum = 0;
      for (int i = 0; i < 6; i++) {
        sum += batches.get(i).loss() * (i < 5 ? 4 : 1);
      }
      assertEquals(sum / 21, history.get("loss").get(0), 1e-6);
    }
  }

  @Test
  void asksCallbacksInOrderAndTellsThemOfEverything() {
    List<String> events = new ArrayList<>();
    try (Trainer trainer = Small.trainer()) {
      trainer.fit(
          Small.DATA, FIT.batchSize(16).callbacks(noting("a", events), noting("b", events)));
    }
    String epoch = "a begin %1$d, b begin %1$d, a batch, b batch, a batch, b batch, a end, b end";
    assertEquals(
        "a run 0 2 2 16, b run 0 2 2 16, "
            + epoch.formatted(0)
            + ", "
            + epoch.formatted(1)
            + ", a over, b over",
        String.join(", ", events));
  }

  private static Callback noting(String name, List<String> events) {
    return run -> {
      events.add(
          "%s run %d %d %d %d"
              .formatted(name, run.initialEpoch(), run.epochs(), run.steps(), run.batchSize()));
      return new Callback.Observer() {
        @Override
        public CallbackAction epochBegin(int epoch) {
          return note("begin " + epoch);
        }

        @Override
        public CallbackAction batchEnd(Batch batch) {
          return note("batch");
        }

        @Override
        public CallbackAction epochEnd(Epoch epoch) {
          return note("end");
        }

        @Override
        public CallbackAction runEnd() {
          return note("over");
        }

        private CallbackAction note(String event) {
          events.add(name + " " + event);
          return CallbackAction.proceed();
        }
      };
    };
  }

  @Test
  void callbacksHearOfTheEndAlsoWhenOneFails() {
    List<String> events = new ArrayList<>();
    Callback failing =
        Callback.onEpoch(
            epoch -> {
              throw new IllegalStateException("no more");
            });
    try (Trainer trainer = Small.trainer()) {
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () -> trainer.fit(Small.DATA, FIT.callbacks(noting("a", events), failing)));
      assertEquals("no more", e.getMessage());
      assertEquals("a over", events.get(events.size() - 1));
    }
  }

  @Test
  void saysWhichFiguresThereAreWhenOneIsWatchedThatIsNot() {
    try (Trainer trainer = Small.trainer()) {
      for (Callback callback :
          List.of(
              EarlyStopping.of(),
              ReduceLROnPlateau.of(),
              ModelCheckpoint.best("val_loss", (epoch, view) -> {}))) {
        String message =
            assertThrows(
                    IllegalStateException.class,
                    () -> trainer.fit(Small.DATA, FIT.callbacks(callback)))
                .getMessage();
        assertTrue(
            message.endsWith(
                " monitor: expected one of [loss, sparse_categorical_accuracy], got"
                    + " \"val_loss\". Is there validation data?"),
            message);
      }
    }
  }

  @Test
  void callbacksRefuseNumbersThatMakeNoSense() {
    refused(
        "EarlyStopping patience: expected at least 0, got -1.",
        () -> EarlyStopping.of().patience(-1));
    refused(
        "ReduceLROnPlateau factor: expected above 0 and below 1, got 1.0.",
        () -> ReduceLROnPlateau.of().factor(1));
    assertThrows(IllegalArgumentException.class, () -> ReduceLROnPlateau.of().patience(0));
    refused(
        "ModelCheckpoint epochs: expected at least 1, got 0.",
        () -> ModelCheckpoint.every(0, (epoch, view) -> {}));
  }

  @Test
  void checkpointsSeeTheWeightsOfTheirEpochAndTheirFailureEndsTheRun() throws IOException {
    Map<Integer, Weights> seen = new LinkedHashMap<>();
    ModelCheckpoint second =
        ModelCheckpoint.every(2, (epoch, view) -> seen.put(epoch.index(), view.weights()));
    ModelCheckpoint failing =
        ModelCheckpoint.always(
            (epoch, view) -> {
              throw new IOException("disk full");
            });
    try (Trainer trainer = Small.trainer()) {
      trainer.fit(Small.DATA, Fit.epochs(4).callbacks(second));
      assertEquals(List.of(1, 3), List.copyOf(seen.keySet()));
      assertEquals(trainer.weights(), seen.get(3));
      UncheckedIOException e =
          assertThrows(
              UncheckedIOException.class, () -> trainer.fit(Small.DATA, FIT.callbacks(failing)));
      assertEquals(
          "ModelCheckpoint: expected to write in epoch 1 after batch 6, got disk full.",
          e.getMessage());
      Path missing = folder.resolve("missing").resolve("log.csv");
      UncheckedIOException none =
          assertThrows(
              UncheckedIOException.class,
              () -> trainer.fit(Small.DATA, FIT.callbacks(CsvLogger.of(missing))));
      assertEquals(
          "CsvLogger: expected to write "
              + missing
              + ", got nothing at "
              + missing.getParent()
              + ". Make a folder there, or choose another place.",
          none.getMessage());
      assertFalse(Files.exists(missing.getParent()));
    }
  }
}
