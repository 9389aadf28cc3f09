package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tensorflow.ndarray.Shape;

/** What layers of sequences and volumes do not take, and how they say so. */
final class SpatialRefusalsTest {
  private static final Shape SEQUENCE = Shape.of(-1, 8, 3);
  private static final Shape VOLUME = Shape.of(-1, 4, 6, 8, 3);

  private static void assertRefuses(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static void assertRefuses(String message, Layer layer, Shape... shapes) {
    String where = layer.schema().className() + " \"it\"";
    Inputs inputs = new Inputs(where, List.of(shapes));
    assertRefuses(where + ": " + message, () -> layer.outputShape(inputs));
  }

  @Test
  void windowsTakeWhatTheySlideOver() {
    assertRefuses(
        "expected input of rank 3 (batch, steps, channels), got [-1, 128]. Does a Flatten or Dense"
            + " come before it?",
        Conv1D.of(2, 3),
        Shape.of(-1, 128));
    assertRefuses(
        "expected input of rank 5 (batch, depth, height, width, channels), got [-1, 8, 3]. Does a"
            + " Flatten or Dense come before it?",
        MaxPooling3D.of(),
        SEQUENCE);
    assertRefuses(
        "expected a known number of channels, got [-1, 8, -1].",
        DepthwiseConv1D.of(3),
        Shape.of(-1, 8, -1));
    assertRefuses(
        "expected a sequence of at least 9, got [-1, 8, 3]. Is it pooled once too often?",
        Conv1D.of(2, 3).dilationRate(4),
        SEQUENCE);
    assertRefuses(
        "expected a volume of at least (5, 5, 5), got [-1, 4, 6, 8, 3]. Is it pooled once too"
            + " often?",
        AveragePooling3D.of(5),
        VOLUME);
    assertRefuses(
        "expected channels in a multiple of the 2 groups, got [-1, 4, 6, 8, 3].",
        Conv3D.of(2, 3).groups(2),
        VOLUME);
  }

  @Test
  void argumentsGoTogether() {
    assertRefuses(
        "Conv1D strides: expected 1 beside a dilation_rate of 2, got 3.",
        () -> Conv1D.of(3, 3).dilationRate(2).strides(3));
    assertRefuses(
        "Conv3D filters: expected a multiple of the 2 groups, got 3.",
        () -> Conv3D.of(3, 3).groups(2));
    assertRefuses(
        "Conv3DTranspose output_padding: expected less than the strides (2, 1, 2), got (0, 1, 0).",
        () -> Conv3DTranspose.of(3, 3).strides(new Size3D(2, 1, 2)).outputPadding(size(0, 1, 0)));
    assertRefuses(
        "Conv3DTranspose output_padding: expected at least 1 beside padding SAME and an even"
            + " kernel, got (1, 0, 1).",
        () ->
            Conv3DTranspose.of(3, 2).strides(2).padding(Padding.SAME).outputPadding(size(1, 0, 1)));
    assertRefuses(
        "SeparableConv1D padding: expected one of valid, same, got CAUSAL.",
        () -> SeparableConv1D.of(2, 3).padding(Padding.CAUSAL));
    assertRefuses(
        "Conv1D kernel_size: expected a whole number of at least 1, got 0.", () -> Conv1D.of(1, 0));
    assertRefuses(
        "Conv3D kernel_size: expected three whole numbers of at least 1, got (1, 0, 1).",
        () -> Conv3D.of(1, size(1, 0, 1)));
    assertRefuses(
        "UpSampling1D size: expected a whole number of at least 1, got 0.",
        () -> UpSampling1D.of(0));
  }

  private static Size3D size(int depth, int height, int width) {
    return new Size3D(depth, height, width);
  }

  @Test
  void bordersAndWindowsFollowFromSizes() {
    assertRefuses(
        "expected a sequence larger than its borders (4, 4), got [-1, 8, 3].",
        Cropping1D.of(4),
        SEQUENCE);
    assertRefuses(
        "expected a volume larger than its borders ((2, 2), (2, 2), (2, 2)), got [-1, 4, 6, 8,"
            + " 3].",
        Cropping3D.of(2),
        VOLUME);
    assertRefuses(
        "ZeroPadding1D padding: expected widths of at least 0, (start, end) or one for both, got"
            + " (0, -1).",
        () -> ZeroPadding1D.of(new Sides1D(0, -1)));
    assertRefuses(
        "expected known sizes between batch and channels, got [-1, -1, 3]. The windows follow from"
            + " them.",
        AdaptiveMaxPooling1D.of(2),
        Shape.of(-1, -1, 3));
  }
}
