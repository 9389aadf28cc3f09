package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import kerava.Layer;
import kerava.graph.Array;
import kerava.graph.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where nothing is said it is the last axis, which two axes cannot tell from the first one. */
final class DefaultAxisTest {
  private static final float[] NUMBERS = {1, 3, 2, 10, 14, 9, -5, 0, 7, 4, 8, 6};
  private static final Array X = Array.of(NUMBERS, 2, 2, 3);

  /** (x - mean) / deviation of each three numbers, with nothing added to the variance. */
  @Test
  void normalizesTheLastAxis() {
    float[] expected = new float[NUMBERS.length];
    for (int row = 0; row < NUMBERS.length; row += 3) {
      double mean = 0;
      double variance = 0;
      for (int i = row; i < row + 3; i++) {
        mean += NUMBERS[i] / 3.0;
      }
      for (int i = row; i < row + 3; i++) {
        variance += Math.pow(NUMBERS[i] - mean, 2) / 3;
      }
      for (int i = row; i < row + 3; i++) {
        expected[i] = (float) ((NUMBERS[i] - mean) / Math.sqrt(variance));
      }
    }
    assertArrayEquals(expected, output(LayerNormalization.of().epsilon(0)), 1e-5f);
  }

  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of(
            LayerNormalization.of(),
            LayerNormalization.of().axis(2),
            LayerNormalization.of().axis(1)),
        Arguments.of(
            UnitNormalization.of(), UnitNormalization.of().axis(2), UnitNormalization.of().axis(1)),
        Arguments.of(Softmax.of(), Softmax.of().axis(2), Softmax.of().axis(1)),
        Arguments.of(
            BatchNormalization.of(),
            BatchNormalization.of().axis(2),
            BatchNormalization.of().axis(1)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void isTheLast(Layer layer, Layer last, Layer first) {
    float[] got = output(layer);
    // Softmax has a kernel of its own for the last axis.
    assertArrayEquals(output(last), got, 1e-6f);
    float[] other = output(first);
    float apart = 0;
    for (int i = 0; i < got.length; i++) {
      apart = Math.max(apart, Math.abs(got[i] - other[i]));
    }
    assertTrue(apart > 0.1, "another axis gives other numbers");
  }

  /** In training, where batches have a mean of their own. */
  private static float[] output(Layer layer) {
    return LayerRun.of(layer, List.of(X)).run(Mode.TRAIN).output().floats();
  }

  @Test
  void joinsAlongTheLast() {
    float[] got = LayerRun.of(Concatenate.of(), List.of(X, X)).run(Mode.INFER).output().floats();
    float[] numbers = new float[2 * NUMBERS.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = NUMBERS[i / 6 * 3 + i % 3];
    }
    assertArrayEquals(numbers, got);
  }
}
