package kerava.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import kerava.ChannelsFirst;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Layer;
import kerava.Loss;
import kerava.Model;
import kerava.Node;
import kerava.TestDevice;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.layers.ActivationFunction;
import kerava.layers.Conv1D;
import kerava.layers.Conv2D;
import kerava.losses.BinaryCrossentropy;
import kerava.losses.CategoricalCrossentropy;
import kerava.optimizers.SGD;
import org.junit.jupiter.api.Test;

/** Losses find the logits also of layers that bring their outputs into another shape. */
final class MovedProbabilitiesTest {
  private static final Array X = Array.of(new float[] {1, -1}, 1, 2, 1);

  /** Probabilities, which are clipped, would give 16. */
  @Test
  void ofSequences() {
    Conv1D last = Conv1D.of(2, 1).activation(ActivationFunction.SOFTMAX);
    Array kernel = Array.of(new float[] {-100, 100}, 1, 1, 2);
    Array bias = Array.of(new float[2], 2);
    Array targets = Array.of(new float[] {1, 0, 1, 0}, 1, 2, 2);
    assertEquals(
        (200 + 0) / 2.0,
        loss(last, new long[] {2, 1}, CategoricalCrossentropy.of(), kernel, bias, X, targets));
  }

  @Test
  void ofImagesWhoseChannelsComeFirst() {
    Layer last = ChannelsFirst.of(Conv2D.of(1, 1).activation(ActivationFunction.SIGMOID));
    Array kernel = Array.of(new float[] {100}, 1, 1, 1, 1);
    Array bias = Array.of(new float[1], 1);
    Array x = Array.of(new float[] {1, -1}, 1, 1, 1, 2);
    Array targets = Array.of(new float[] {0, 0}, 1, 1, 1, 2);
    assertEquals(
        (100 + 0) / 2.0,
        loss(last, new long[] {1, 1, 2}, BinaryCrossentropy.of(), kernel, bias, x, targets));
  }

  private static double loss(
      Layer last, long[] shape, Loss loss, Array kernel, Array bias, Array x, Array targets) {
    Node input = Input.of(shape);
    Model model = Model.of(input, input.then(last.named("last")));
    TrainerOptions options = TrainerOptions.defaults().withDevice(TestDevice.get());
    var settings = CompileSettings.of(SGD.of(0.1), loss);
    try (Trainer trainer = Trainer.compile(model, settings, options)) {
      trainer.restore(Weights.of(Map.of("last/kernel", kernel, "last/bias", bias)));
      return trainer.evaluate(Dataset.of(x, targets)).loss();
    }
  }
}
