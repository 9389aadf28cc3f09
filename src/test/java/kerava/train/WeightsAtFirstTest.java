package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import kerava.TrainingState;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.ScheduleFreeAdamW;
import org.junit.jupiter.api.Test;

/** What an optimizer remembers of the weights that training begins with. */
final class WeightsAtFirstTest {
  private static final String SLOT = "schedule_free_adam_w/dense_bias_momentum";

  private static Trainer trainer() {
    return Trainer.compile(
        Small.MODEL, ScheduleFreeAdamW.of(0.1), SparseCategoricalCrossentropy.of());
  }

  private static Array momentum(Trainer trainer) {
    return trainer.state().optimizer().slots().get(SLOT);
  }

  @Test
  void areThoseThatItBeginsWith() {
    try (Trainer trainer = trainer()) {
      assertEquals(trainer.weights().get("dense/bias"), momentum(trainer));
      trainer.restore(Small.weights());
      assertEquals(Small.weights().get("dense/bias"), momentum(trainer));

      trainer.fit(Small.DATA, Fit.epochs(1));
      TrainingState later = trainer.state();
      Array moved = momentum(trainer);
      assertNotEquals(Small.weights().get("dense/bias"), moved);
      trainer.restore(Small.weights());
      assertEquals(moved, momentum(trainer));
      trainer.restore(later);
      assertEquals(later, trainer.state());
    }
  }

  @Test
  void areLeftToAStateThatSaysOthers() {
    try (Trainer trainer = trainer()) {
      TrainingState fresh = trainer.state();
      Array other = Array.of(new float[] {1, 2, 3, 4, 5}, 5);
      Weights slots = fresh.optimizer().slots().with(Weights.of(java.util.Map.of(SLOT, other)));
      trainer.restore(
          new TrainingState(
              fresh.weights(),
              new kerava.OptimizerState(0, fresh.optimizer().learningRate(), slots)));
      assertEquals(other, momentum(trainer));
    }
  }
}
