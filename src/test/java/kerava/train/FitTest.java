package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.train.callbacks.CsvLogger;
import kerava.train.callbacks.EarlyStopping;
import kerava.train.callbacks.LearningRateScheduler;
import kerava.train.callbacks.ModelCheckpoint;
import kerava.train.callbacks.ReduceLROnPlateau;
import kerava.train.callbacks.TerminateOnNaN;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

final class FitTest {
  private static final Fit FIT = Fit.epochs(2).batchSize(4).shuffle(false);

  @TempDir Path folder;

  private static void refused(String message, Executable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void refusesNumbersThatMakeNoRun() {
    refused("Fit epochs: expected at least 1, got 0.", () -> Fit.epochs(0));
    refused("Fit batch size: expected at least 1, got 0.", () -> FIT.batchSize(0));
    refused("Fit initial epoch: expected from 0 to 1, got 2.", () -> FIT.initialEpoch(2));
    refused("Fit initial epoch: expected from 0 to 1, got -1.", () -> FIT.initialEpoch(-1));
    for (double share : new double[] {0, 1, -0.1, Double.NaN}) {
      refused(
          "Fit validation split: expected above 0 and below 1, got " + share + ".",
          () -> FIT.validationSplit(share));
    }
    try (Trainer trainer = Small.trainer()) {
      refused(
          "Fit sample weights: expected 21, one a sample, got 20.",
          () -> trainer.fit(Small.DATA, FIT.sampleWeights(new float[20])));
      refused(
          "Fit validation split: expected samples on both sides, got 0 of 1 for training.",
          () -> trainer.fit(Small.DATA.take(1), FIT.validationSplit(0.5)));
      refused(
          "Fit class weights: expected class numbers from 0 to 2, the outputs of the model, got 3.",
          () -> trainer.fit(Small.DATA, FIT.classWeights(Map.of(3, 1.0))));
    }
  }

  @Test
  void optionsLeaveTheOneTheyWereAddedToAsItWas() {
    Fit plain = Fit.epochs(1).batchSize(4).shuffle(false);
    plain.validationSplit(0.5).callbacks(LearningRateScheduler.of((epoch, rate) -> 0));
    float[] weights = new float[21];
    Fit weighted = plain.sampleWeights(weights);
    java.util.Arrays.fill(weights, 1);
    try (Trainer trainer = Small.trainer()) {
      History history = trainer.fit(Small.DATA, plain);
      assertEquals(List.of("loss", Small.ACCURACY), List.copyOf(history.metrics().keySet()));
      assertNotEquals(Small.weights(), trainer.weights());
      assertEquals(0.0, trainer.fit(Small.DATA, weighted).get("loss").get(0));
    }
  }

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
  void stopsInTheMiddleOfAnEpochAndSaysWhy() {
    Callback stop =
        Callback.onBatch(
            batch -> batch.step() == 8 ? CallbackAction.stop("enough") : CallbackAction.proceed());
    try (Trainer trainer = Small.trainer()) {
      History history = trainer.fit(Small.DATA, Fit.epochs(5).batchSize(4).callbacks(stop));
      assertEquals("enough", history.stopped().orElseThrow());
      assertEquals(1, history.epochs());
      assertEquals(9, trainer.state().optimizer().iterations());
      assertTrue(trainer.fit(Small.DATA, FIT).stopped().isEmpty());
    }
  }

  @Test
  void epochsShowTheirFiguresInOrder() {
    List<Epoch> epochs = new ArrayList<>();
    Callback watch =
        Callback.onEpoch(
            epoch -> {
              epochs.add(epoch);
              return CallbackAction.proceed();
            });
    try (Trainer trainer = Small.trainer()) {
      History history =
          trainer.fit(Small.DATA, FIT.validation(Small.DATA).initialEpoch(1).callbacks(watch));
      assertEquals(1, epochs.size());
      Epoch epoch = epochs.get(0);
      assertEquals(List.of(1, 2, 6), List.of(epoch.index(), epoch.epochs(), epoch.steps()));
      assertEquals(
          List.of("loss", Small.ACCURACY, "val_loss", "val_" + Small.ACCURACY),
          List.copyOf(epoch.figures().keySet()));
      assertEquals(history.get("val_loss").get(0), epoch.figure("val_loss").orElseThrow());
      assertEquals(trainer.evaluate(Small.DATA).loss(), epoch.figures().get("val_loss"));
      assertTrue(epoch.figure("none").isEmpty());
      assertTrue(epoch.seconds() > 0 && epoch.seconds() < 60);
      refused(
          "History: expected one of [loss, sparse_categorical_accuracy, val_loss,"
              + " val_sparse_categorical_accuracy], got \"acc\".",
          () -> history.get("acc"));
      refused(
          "Evaluation: expected one of [sparse_categorical_accuracy], got \"acc\".",
          () -> trainer.evaluate(Small.DATA).get("acc"));
    }
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
  void restoresTheBestWeightsOfARealRun() {
    Callback spoil =
        Callback.onEpoch(
            epoch ->
                epoch.index() == 1
                    ? CallbackAction.proceed().learningRate(5)
                    : CallbackAction.proceed());
    List<Weights> after = new ArrayList<>();
    Callback.Observer[] none = {new Callback.Observer() {}};
    Callback keep =
        run ->
            new Callback.Observer() {
              @Override
              public CallbackAction epochEnd(Epoch epoch) {
                after.add(run.view().weights());
                return none[0].epochEnd(epoch);
              }
            };
    try (Trainer trainer = Small.trainer()) {
      EarlyStopping early = EarlyStopping.monitoring("loss").patience(2).restoreBestWeights();
      History history =
          trainer.fit(Small.DATA, Fit.epochs(9).batchSize(4).callbacks(keep, spoil, early));
      assertTrue(history.epochs() < 9);
      double best = history.get("loss").stream().min(Double::compare).orElseThrow();
      int bestEpoch = history.get("loss").indexOf(best);
      assertEquals(after.get(bestEpoch), trainer.weights());
      assertEquals(
          "loss did not improve for 2 epochs; the weights of epoch "
              + (bestEpoch + 1)
              + " are kept",
          history.stopped().orElseThrow());
    }
  }

  private static Weights spoilt() {
    Map<String, Array> arrays = new LinkedHashMap<>();
    arrays.put("dense_1/bias", Array.of(new float[] {0, Float.NaN, 0}, 3));
    return Weights.of(arrays);
  }

  @Test
  void endsAtTheFirstLossThatIsNotANumberAndKeepsTheLastGoodWeights() {
    List<kerava.TrainingState> states = new ArrayList<>();
    Callback spoil =
        run ->
            new Callback.Observer() {
              @Override
              public CallbackAction epochEnd(Epoch epoch) {
                states.add(run.view().state());
                return CallbackAction.proceed();
              }

              @Override
              public CallbackAction batchEnd(Batch batch) {
                return batch.step() == 7
                    ? CallbackAction.proceed().weights(spoilt())
                    : CallbackAction.proceed();
              }
            };
    try (Trainer trainer = Small.trainer()) {
      History history =
          trainer.fit(Small.DATA, Fit.epochs(4).batchSize(4).callbacks(spoil, TerminateOnNaN.of()));
      assertEquals(
          "the loss became NaN at step 9 (epoch 2, batch 3); the weights after epoch 1 are kept",
          history.stopped().orElseThrow());
      assertEquals(states.get(0).weights(), trainer.weights());
      assertEquals(states.get(0).optimizer().slots(), trainer.state().optimizer().slots());
      assertTrue(Double.isFinite(trainer.fit(Small.DATA, FIT).get("loss").get(1)));
    }
  }

  @Test
  void noticesWeightsThatTheLastStepOfAnEpochSpoilt() {
    Callback spoil =
        Callback.onBatch(
            batch ->
                batch.step() == 5
                    ? CallbackAction.proceed().weights(spoilt())
                    : CallbackAction.proceed());
    try (Trainer trainer = Small.trainer()) {
      History history = trainer.fit(Small.DATA, FIT.callbacks(spoil, TerminateOnNaN.of()));
      assertEquals(
          "a weight is no longer a number after epoch 1; the weights before this run are kept",
          history.stopped().orElseThrow());
      assertEquals(Small.weights(), trainer.weights());
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
