package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.graph.Weights;
import kerava.layers.ActivationFunction;
import kerava.layers.Dense;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.SGD;
import kerava.optimizers.schedules.CosineDecay;
import kerava.regularizers.L2;
import org.junit.jupiter.api.Test;

/** In which order samples are read, how epochs are timed, and what the loss consists of. */
final class FitOrderTest {
  private static final Fit FIT = Fit.epochs(2).batchSize(4);

  private static Weights trained(Fit fit) {
    try (Trainer trainer = Small.trainer()) {
      trainer.fit(Small.DATA, fit);
      return trainer.weights();
    }
  }

  @Test
  void aBufferOfOneSampleLeavesTheOrderAsItIs() {
    Weights straight = trained(FIT.shuffle(false));
    assertEquals(straight, trained(FIT.shuffleBuffer(1)));
    assertNotEquals(straight, trained(FIT.shuffleBuffer(20)));
    assertNotEquals(straight, trained(FIT));
    assertEquals(straight, trained(FIT.shuffle(false).shuffleBuffer(20)));
  }

  @Test
  void eachEpochHasATimeOfItsOwn() {
    try (Trainer trainer = Small.trainer()) {
      long start = System.nanoTime();
      List<Double> seconds = trainer.fit(Small.DATA, Fit.epochs(20)).secondsPerEpoch();
      double all = (System.nanoTime() - start) / 1e9;
      assertEquals(20, seconds.size());
      assertTrue(seconds.stream().allMatch(each -> each > 0), seconds.toString());
      assertTrue(
          seconds.stream().mapToDouble(Double::doubleValue).sum() <= all, seconds + " of " + all);
    }
  }

  @Test
  void theRateIsThatOfTheScheduleAtTheStep() {
    CosineDecay schedule = CosineDecay.of(0.1, 20);
    CompileSettings settings =
        CompileSettings.of(SGD.of().schedule(schedule), SparseCategoricalCrossentropy.of());
    try (Trainer trainer = Trainer.compile(Small.MODEL, settings, TrainerOptions.defaults())) {
      assertEquals(0.1, trainer.learningRate(), 1e-12);
      trainer.fit(Small.DATA, FIT);
      assertEquals(schedule.at(12), trainer.learningRate(), 1e-12);
      assertThrows(IllegalStateException.class, () -> trainer.learningRate(0.5));
    }
  }

  @Test
  void penaltiesOfWeightsArePartOfTheLoss() {
    Model model =
        Sequential.of(
            Input.of(6),
            Dense.of(3).activation(ActivationFunction.SOFTMAX).kernelRegularizer(L2.of(0.5)));
    CompileSettings settings = CompileSettings.of(SGD.of(0.1), SparseCategoricalCrossentropy.of());
    Model plain = Sequential.of(Input.of(6), Dense.of(3).activation(ActivationFunction.SOFTMAX));
    TrainerOptions options = TrainerOptions.defaults().withSeed(1).withReplicas(1);
    try (Trainer with = Trainer.compile(model, settings, options);
        Trainer without = Trainer.compile(plain, settings, options)) {
      without.restore(with.weights());
      double squares = 0;
      for (float value : with.weights().get("dense/kernel").floats()) {
        squares += (double) value * value;
      }
      assertEquals(
          without.evaluate(Small.DATA).loss() + 0.5 * squares,
          with.evaluate(Small.DATA).loss(),
          1e-5);
    }
  }
}
