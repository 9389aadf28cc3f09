package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.config.Source;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tensorflow.ndarray.Shape;

/** What layers do not take, and how they say so. */
final class LayerRefusalsTest {
  private static final Shape IMAGE = Shape.of(-1, 8, 8, 3);

  private static void assertRefuses(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static void assertRefuses(String message, Layer layer, Shape... shapes) {
    String where = layer.schema().className() + " \"it\"";
    Inputs inputs = new Inputs(where, List.of(shapes));
    assertRefuses(where + ": " + message, () -> layer.outputShape(inputs));
  }

  @Test
  void convolutionsTakeImagesOfFittingSizes() {
    assertRefuses(
        "expected input of rank 4 (batch, height, width, channels), got [-1, 128]. Does a Flatten"
            + " or Dense come before it?",
        Conv2D.of(2, 3),
        Shape.of(-1, 128));
    assertRefuses(
        "expected an image of at least (9, 9), got [-1, 8, 8, 3]. Is it pooled once too often?",
        Conv2D.of(2, 9),
        IMAGE);
    assertRefuses(
        "expected channels in a multiple of the 2 groups, got [-1, 8, 8, 3].",
        Conv2D.of(2, 3).groups(2),
        IMAGE);
    assertRefuses(
        "expected a known number of channels, got [-1, 8, 8, -1].",
        SeparableConv2D.of(2, 3),
        Shape.of(-1, 8, 8, -1));
  }

  @Test
  void convolutionsTakeArgumentsThatGoTogether() {
    assertRefuses(
        "Conv2D filters: expected a multiple of the 2 groups, got 3.",
        () -> Conv2D.of(3, 3).groups(2));
    assertRefuses(
        "Conv2D strides: expected (1, 1) beside a dilation_rate of (2, 2), got (3, 3).",
        () -> Conv2D.of(3, 3).dilationRate(Size2D.of(2)).strides(3));
    assertRefuses(
        "Conv2DTranspose output_padding: expected less than the strides (2, 2), got (2, 1).",
        () -> Conv2DTranspose.of(3, 3).strides(2).outputPadding(new Size2D(2, 1)));
    assertRefuses(
        "Conv2D filters: expected a whole number of at least 1, got 0.", () -> Conv2D.of(0, 3));
    assertRefuses(
        "Conv2D kernel_size: expected two whole numbers of at least 1, got (0, 0).",
        () -> Conv2D.of(1, 0));
  }

  @Test
  void denseTakesKnownFeatures() {
    assertRefuses(
        "expected input of rank 2 or more (batch, ..., features), got [-1].",
        Dense.of(2),
        Shape.of(-1));
    assertRefuses(
        "expected a known number of features, got [-1, -1].", Dense.of(2), Shape.of(-1, -1));
    assertRefuses(
        "expected one input, got [[-1, 2], [-1, 2]]. Which of them is meant?",
        Dense.of(2),
        Shape.of(-1, 2),
        Shape.of(-1, 2));
  }

  @Test
  void mergesTakeShapesThatFit() {
    assertRefuses(
        "expected inputs of one shape, got [[-1, 8, 8, 3], [-1, 4, 4, 3]]. Is a stride or a number"
            + " of filters different?",
        Add.of(),
        IMAGE,
        Shape.of(-1, 4, 4, 3));
    assertRefuses("expected two inputs, got [-1, 8, 8, 3].", Subtract.of(), IMAGE);
    assertRefuses("expected at least one input, got [].", Multiply.of());
    assertRefuses(
        "expected inputs that differ along axis -1 alone, got [[-1, 8, 8, 3], [-1, 4, 4, 3]].",
        Concatenate.of(),
        IMAGE,
        Shape.of(-1, 4, 4, 3));
    assertRefuses(
        "expected inputs of one rank, got [[-1, 8, 8, 3], [-1, 3]].",
        Concatenate.of(),
        IMAGE,
        Shape.of(-1, 3));
    assertRefuses(
        "expected an input with axis 4, got [-1, 8, 8, 3].", Concatenate.of().axis(4), IMAGE);
  }

  @Test
  void normalizationsTakeKnownChannels() {
    assertRefuses(
        "expected a known size of axis 1, got [-1, -1, 8, 3].",
        BatchNormalization.of().axis(1),
        Shape.of(-1, -1, 8, 3));
    assertRefuses(
        "expected channels in a multiple of the 2 groups, got [-1, 8, 8, 3].",
        GroupNormalization.of(2),
        IMAGE);
    assertRefuses(
        "expected as many numbers along [-1] as means, 2, got [-1, 8, 8, 3].",
        Normalization.of(List.of(0.0, 1.0), List.of(1.0, 1.0)),
        IMAGE);
    assertRefuses(
        "Normalization variance: expected as many numbers as there are means, 1, got 2.",
        () -> Normalization.of(List.of(0.0), List.of(1.0, 1.0)));
    assertRefuses(
        "BatchNormalization momentum: expected a number from 0.0 to 1.0, got 1.5.",
        () -> BatchNormalization.of().momentum(1.5));
  }

  @Test
  void reshapingsTakeWhatFits() {
    assertRefuses(
        "expected samples that fill the shape [5, -1], got [-1, 8, 8, 3].",
        Reshape.of(5, -1),
        IMAGE);
    assertRefuses("expected input of rank 3, got [-1, 8, 8, 3].", Permute.of(2, 1), IMAGE);
    assertRefuses(
        "Permute dims: expected each number from 1 up to their count once, got [1, 1].",
        () -> Permute.of(1, 1));
    assertRefuses(
        "Reshape target_shape: expected sizes, of which at most one is -1, got [-1, -1].",
        () -> Reshape.of(-1, -1));
    assertRefuses(
        "expected an image larger than its borders ((4, 4), (4, 4)), got [-1, 8, 8, 3].",
        Cropping2D.of(4),
        IMAGE);
    assertRefuses(
        "expected a last axis of 2, as many as it has numbers, got [-1, 8, 8, 3].",
        Rescaling.of(1, 2),
        IMAGE);
    assertRefuses(
        "expected input of the rank 2 of its noise_shape, got [-1, 8, 8, 3].",
        Dropout.of(0.5).noiseShape(1, 1),
        IMAGE);
    assertRefuses(
        "Dropout rate: expected a number from 0 up to, but not, 1, got 1.0.", () -> Dropout.of(1));
  }

  @Test
  void namesTheActivationsThatThereAre() throws IOException {
    assertEquals(
        "$.activation: expected one of 29, such as relu, celu, elu, got \"rellu\".",
        refusal("\"rellu\""));
    assertEquals(
        "$.activation: expected an activation that Keras can call, without further arguments, got"
            + " \"threshold\".",
        refusal("\"threshold\""));
  }

  private static String refusal(String activation) {
    return assertThrows(IllegalArgumentException.class, () -> activation(activation)).getMessage();
  }

  @Test
  void halvesNoOddAxis() {
    assertRefuses(
        "Dense \"x\": expected an even number along the last axis for glu, of [2, 5], got [2, 3].",
        () ->
            Dense.of(5)
                .activation(ActivationFunction.GLU)
                .outputShape(new Inputs("Dense \"x\"", List.of(Shape.of(2, 3)))));
  }

  @Test
  void readsOtherNamesOfActivations() throws IOException {
    for (String name : List.of("\"swish\"", "\"silu\"")) {
      assertEquals(Activation.of(ActivationFunction.SILU), activation(name));
    }
    assertEquals(Activation.of(ActivationFunction.HARD_SILU), activation("\"hard_swish\""));
    assertEquals(Activation.of(ActivationFunction.LINEAR), activation("null"));
  }

  private static Activation activation(String name) throws IOException {
    var json = new ObjectMapper().readTree("{\"activation\":" + name + "}");
    return Activation.SCHEMA.read(Source.root(json, KerasConfig.CATALOG));
  }

  @Test
  void adaptsToSamples() {
    Array samples = Array.of(new float[] {1, 10, 3, 10, 5, 13}, 3, 2);
    Array bytes = Array.of(new byte[] {1, (byte) 250, 3, (byte) 250}, 2, 2);
    assertEquals(
        Normalization.of(List.of(2.0, 250.0), List.of(1.0, 0.0)), Normalization.adapt(bytes));
    LayerRun.Outcome outcome =
        LayerRun.of(Normalization.adapt(samples), List.of(samples)).run(kerava.graph.Mode.INFER);
    float a = (float) Math.sqrt(1.5);
    float b = (float) Math.sqrt(0.5);
    assertArrayEquals(new float[] {-a, -b, 0, -b, a, 2 * b}, outcome.output().floats(), 1e-5f);
  }
}
