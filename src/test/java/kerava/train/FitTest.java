package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerava.graph.Weights;
import kerava.train.callbacks.EarlyStopping;
import kerava.train.callbacks.LearningRateScheduler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class FitTest {
  static final Fit FIT = Fit.epochs(2).batchSize(4).shuffle(false);

  static void refused(String message, Executable code) {
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
          List.copyOf(epoch.metrics().keySet()));
      assertEquals(history.get("val_loss").get(0), epoch.metric("val_loss").orElseThrow());
      assertEquals(trainer.evaluate(Small.DATA).loss(), epoch.metrics().get("val_loss"));
      assertTrue(epoch.metric("none").isEmpty());
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
}
