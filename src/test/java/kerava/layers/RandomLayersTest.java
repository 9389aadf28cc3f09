package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kerava.Layer;
import kerava.graph.Array;
import kerava.graph.Mode;
import org.junit.jupiter.api.Test;

/** Layers that draw random numbers in training; their seed is the network's, so these stay. */
final class RandomLayersTest {
  private static final Array ONES = ones(10, 20, 10, 4);

  private static Array ones(long... shape) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.fill(values, 1);
    return Array.of(values, shape);
  }

  private static float[] train(Layer layer) {
    return LayerRun.of(layer, List.of(ONES)).run(Mode.TRAIN).output().floats();
  }

  private static double share(float[] values, float wanted) {
    long count = IntStream.range(0, values.length).filter(i -> values[i] == wanted).count();
    return (double) count / values.length;
  }

  @Test
  void dropoutDropsItsRateAndScalesTheRest() {
    float[] values = train(Dropout.of(0.2));
    assertEquals(0.2, share(values, 0), 0.02);
    assertEquals(0.8, share(values, 1.25f), 0.02);
  }

  @Test
  void dropoutPassesGradientsWhereItPassesNumbers() {
    LayerRun.Outcome outcome =
        LayerRun.of(Dropout.of(0.5), List.of(ONES)).differentiated(ONES).run(Mode.TRAIN);
    assertArrayEquals(outcome.output().floats(), outcome.gradients().get(0).floats());
  }

  @Test
  void dropoutDropsSlicesOfItsNoiseShape() {
    float[] values = train(Dropout.of(0.5).noiseShape(-1, 1, 10, 1));
    assertEquals(0.5, share(values, 0), 0.1);
    for (int i = 0; i < values.length; i++) {
      int sample = i / 800;
      int column = i / 4 % 10;
      assertEquals(values[sample * 800 + column * 4], values[i]);
    }
  }

  @Test
  void dropoutOfNothingDropsNothing() {
    assertArrayEquals(ONES.floats(), train(Dropout.of(0)));
  }

  @Test
  void spatialDropoutDropsWholeChannels() {
    float[] ones = ONES.floats();
    int samples = ones.length / 800;
    dropsWholeChannels(SpatialDropout1D.of(0.5), Array.of(ones, samples, 200, 4));
    dropsWholeChannels(SpatialDropout2D.of(0.5), ONES);
    dropsWholeChannels(SpatialDropout3D.of(0.5), Array.of(ones, samples, 5, 4, 10, 4));
  }

  private static void dropsWholeChannels(Layer layer, Array ones) {
    float[] values = LayerRun.of(layer, List.of(ones)).run(Mode.TRAIN).output().floats();
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i / 800 * 800 + i % 4], values[i]);
    }
    assertEquals(0.5, share(values, 0), 0.2);
    assertEquals(0.5, share(values, 2), 0.2);
  }

  @Test
  void stochasticDepthDropsWholeSamples() {
    float[] ones = new float[400 * 6];
    Arrays.fill(ones, 1);
    float[] values =
        LayerRun.of(StochasticDepth.of(0.2), List.of(Array.of(ones, 400, 2, 3)))
            .run(Mode.TRAIN)
            .output()
            .floats();
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i / 6 * 6], values[i]);
    }
    assertEquals(0.2, share(values, 0), 0.06);
    assertEquals(0.8, share(values, 1.25f), 0.06);
  }

  @Test
  void gaussianNoisePassesGradients() {
    LayerRun.Outcome outcome =
        LayerRun.of(GaussianNoise.of(0.5), List.of(ONES)).differentiated(ONES).run(Mode.TRAIN);
    assertArrayEquals(ONES.floats(), outcome.gradients().get(0).floats());
  }

  @Test
  void gaussianNoiseHasItsDeviation() {
    float[] values = train(GaussianNoise.of(0.5));
    double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(0);
    double square =
        IntStream.range(0, values.length)
            .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
            .average()
            .orElse(0);
    assertEquals(1, mean, 0.03);
    assertEquals(0.5, Math.sqrt(square), 0.02);
  }

  @Test
  void seedsChangeWhatIsDrawn() {
    assertArrayEquals(train(Dropout.of(0.5)), train(Dropout.of(0.5)));
    assertArrayEquals(train(Dropout.of(0.5).seed(3)), train(Dropout.of(0.5).seed(3)));
    assertFalse(Arrays.equals(train(Dropout.of(0.5)), train(Dropout.of(0.5).seed(3))));
    assertFalse(Arrays.equals(train(GaussianNoise.of(1)), train(GaussianNoise.of(1).seed(3))));
  }

  @Test
  void activityPenaltiesJoinTheLoss() {
    Layer layer = Dense.of(2).activityRegularizer(kerava.regularizers.L2.of(0.5));
    LayerRun run =
        LayerRun.of(layer, List.of(Array.of(new float[] {1, 2}, 1, 2)))
            .weights(
                java.util.Map.of(
                    "kernel", Array.of(new float[] {1, 0, 0, 1}, 2, 2),
                    "bias", Array.of(new float[2], 2)));
    List<Array> penalties = run.run(Mode.TRAIN).penalty();
    assertTrue(penalties.size() == 1 && penalties.get(0).floats()[0] == 2.5f, "0.5 (1 + 4)");
  }
}
