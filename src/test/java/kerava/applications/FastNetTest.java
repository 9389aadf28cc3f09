package kerava.applications;

import static kerava.layers.ActivationFunction.LINEAR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.data.Dataset;
import kerava.data.Shapes;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.layers.ActivationFunction;
import kerava.layers.Conv2D;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.SGD;
import kerava.train.Predictor;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the fast network begins with. */
final class FastNetTest {
  private static final Dataset IMAGES = Shapes.of(4, 300, 10).train();

  private static Trainer trainer(Model model) {
    return Trainer.compile(
        model,
        CompileSettings.of(SGD.of(), SparseCategoricalCrossentropy.of()),
        TrainerOptions.defaults().withSeed(3).withDevice(Device.cpu()));
  }

  /** The outputs of the first convolution alone, over the images that it was computed from. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whitensPatches(int patch) {
    int half = 3 * patch * patch;
    Whitening whitening = Whitening.of(IMAGES, patch);
    Model model =
        kerava.Sequential.of(Input.of(32, 32, 3), Conv2D.of(2 * half, patch).named("whitening"));
    try (Predictor predictor = Predictor.of(model, whitening.weights("whitening"), Device.cpu())) {
      float[] outputs = predictor.predict(IMAGES).floats();
      int rows = outputs.length / (2 * half);
      for (int i = 0; i < half; i++) {
        double mean = 0;
        double square = 0;
        double beside = 0;
        for (int row = 0; row < rows; row++) {
          double one = outputs[row * 2 * half + i];
          mean += one / rows;
          square += one * one / rows;
          beside += one * outputs[row * 2 * half + (i + 1) % half] / rows;
          assertEquals(-one, outputs[row * 2 * half + half + i], 1e-5);
        }
        assertEquals(0, mean, 1e-3, "mean of " + i);
        // The weakest are held down, so that noise is not raised to the strength of edges.
        assertTrue(square <= 1.001, "variance " + square + " of " + i);
        if (i < half / 3) {
          assertTrue(square > 0.9, "variance " + square + " of " + i);
        }
        if (half > 3) {
          assertEquals(0, beside, 1e-2, "correlation of " + i + " and the next");
        }
      }
    }
  }

  @Test
  void kernelsBeginByPassingTheirInputOn() {
    FastNet net = FastNet.of(8, 4).whitening(1);
    try (Trainer trainer = trainer(net.model())) {
      Weights drawn = trainer.weights();
      Weights first = net.firstWeights(drawn, IMAGES);
      assertEquals(List.copyOf(drawn.names()), List.copyOf(first.names()));
      float[] kernel = first.get("conv2d/kernel").floats();
      float[] before = drawn.get("conv2d/kernel").floats();
      int channels = 6;
      int filters = 8;
      for (int i = 0; i < kernel.length; i++) {
        int filter = i % filters;
        int channel = i / filters % channels;
        int place = i / filters / channels;
        float passing = place == 4 && filter == channel ? 1 : 0;
        assertEquals(filter < channels ? passing : before[i], kernel[i], "number " + i);
      }
      assertEquals(drawn.get("dense/kernel"), first.get("dense/kernel"));
      assertEquals(1, first.get("conv2d_2/kernel").floats()[(4 * 8 + 3) * 4 + 3]);
      trainer.restore(first);
      assertEquals(first, trainer.weights());
    }
  }

  @Test
  void trainingLeavesTheWhiteningAlone() {
    FastNet net = FastNet.of(4);
    Model model = net.model();
    assertTrue(model.trainableWeights().stream().noneMatch(w -> w.name().contains("whitening")));
    assertEquals(
        24 * 12 + 24,
        model.weights().stream()
            .filter(w -> w.name().startsWith("whitening/"))
            .mapToLong(w -> w.shape().size())
            .sum());
  }

  @Test
  void whiteningMayBeLeftOut() {
    FastNet net = FastNet.of(8, 16).withoutWhitening().residual(true).outputScale(0.125);
    Model model = net.model();
    assertTrue(
        model.layersWithInputs().stream().noneMatch(step -> step.name().equals("whitening")));
    try (Trainer trainer = trainer(model)) {
      Weights first = net.firstWeights(trainer.weights(), IMAGES);
      assertEquals(1, first.get("conv2d_1/kernel").floats()[(4 * 8 + 5) * 8 + 5]);
    }
  }

  @Test
  void takesItsArguments() {
    Model model =
        FastNet.of(8)
            .activation(ActivationFunction.SILU)
            .momentum(0.5)
            .classes(3)
            .classifierActivation(LINEAR)
            .model(Input.of(20, 28, 1));
    assertEquals(3, model.outputShape().get(1));
    assertEquals("fast_8", model.name());
  }

  @Test
  void refusesWeightsAndImagesOfOthers() {
    FastNet net = FastNet.of(8);
    assertThrows(IllegalArgumentException.class, () -> net.firstWeights(Weights.none(), IMAGES));
    try (Trainer trainer = trainer(net.model())) {
      Dataset rows = Dataset.of(Array.of(new float[6], 2, 3), Array.of(new int[2], 2));
      assertEquals(
          "FastNet whitening: expected images (height, width, channels) of at least 2x2, got 2 of"
              + " [3].",
          assertThrows(
                  IllegalArgumentException.class, () -> net.firstWeights(trainer.weights(), rows))
              .getMessage());
    }
  }
}
