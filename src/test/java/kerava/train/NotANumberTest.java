package kerava.train;

import static kerava.train.FitTest.FIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.train.callbacks.TerminateOnNaN;
import org.junit.jupiter.api.Test;

/** Losses and weights that are no numbers: when a run ends, and what it leaves. */
final class NotANumberTest {
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
}
