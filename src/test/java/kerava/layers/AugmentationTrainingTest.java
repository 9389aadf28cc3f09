package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.Sequential;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.SGD;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.Test;

/** Layers that choose, draw and hold others, at the front of a training. */
final class AugmentationTrainingTest {
  private static final int SIDE = 8;
  private static final TrainerOptions OPTIONS =
      TrainerOptions.defaults().withSeed(5).withDevice(Device.cpu());

  private static Model model() {
    return Sequential.of(
        Input.of(SIDE, SIDE, 3),
        Pipeline.of(
            RandomFlip.of(FlipMode.HORIZONTAL),
            AutoContrast.of(),
            RandomColorJitter.of().brightness(0, 0.2).saturation(0.3, 0.6)),
        RandAugment.of(),
        AugMix.of().chains(1, 1),
        RandomElasticTransform.of(),
        Equalization.of(),
        MixUp.of(),
        Rescaling.of(1 / 255.0),
        Flatten.of(),
        Dense.of(4).activation(ActivationFunction.SOFTMAX));
  }

  private static Dataset data() {
    Random random = new Random(1);
    byte[] pixels = new byte[40 * SIDE * SIDE * 3];
    random.nextBytes(pixels);
    return Dataset.of(
        Array.of(pixels, 40, SIDE, SIDE, 3), Array.of(random.ints(40, 0, 4).toArray(), 40));
  }

  private static Weights trained(int stepsPerExecution, long seed) {
    CompileSettings settings = CompileSettings.of(SGD.of(0.1), SparseCategoricalCrossentropy.of());
    try (Trainer trainer = Trainer.compile(model(), settings, OPTIONS.withSeed(seed))) {
      double before = trainer.evaluate(data()).loss();
      assertEquals(before, trainer.evaluate(data()).loss(), "nothing is varied here");
      Fit fit = Fit.epochs(2).batchSize(16).stepsPerExecution(stepsPerExecution);
      History history = trainer.fit(data(), fit);
      assertTrue(Double.isFinite(history.get("loss").get(1)));
      return trainer.weights();
    }
  }

  /** The choice of a way is a switch in the graph, also in the loop that makes many steps. */
  @Test
  void drawsFollowFromTheSeedHoweverManyStepsARunMakes() {
    Weights one = trained(1, 5);
    assertEquals(one, trained(3, 5));
    assertNotEquals(one, trained(1, 6));
  }
}
