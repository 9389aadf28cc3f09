package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import kerava.CompileSettings;
import kerava.Optimizer;
import kerava.TestDevice;
import kerava.graph.Weights;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.SGD;
import org.junit.jupiter.api.Test;

final class GradientFactorTest {
  private static final double RATE = 0.1;

  /** How far each weight moves in an epoch of one step. */
  private static Map<String, float[]> moves(
      Optimizer optimizer, UnaryOperator<TrainerOptions> options) {
    CompileSettings settings = CompileSettings.of(optimizer, SparseCategoricalCrossentropy.of());
    TrainerOptions asked = TrainerOptions.defaults().withSeed(1).withDevice(TestDevice.get());
    try (Trainer trainer = Trainer.compile(Small.MODEL, settings, options.apply(asked))) {
      Weights before = Small.weights();
      trainer.restore(before);
      trainer.fit(Small.DATA, Fit.epochs(1).batchSize(Small.DATA.size()));
      Weights after = trainer.weights();
      return before.names().stream()
          .collect(
              Collectors.toMap(
                  name -> name,
                  name -> minus(after.get(name).floats(), before.get(name).floats())));
    }
  }

  private static float[] minus(float[] a, float[] b) {
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static float[] times(float[] values, double factor) {
    float[] product = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      product[i] = (float) (values[i] * factor);
    }
    return product;
  }

  @Test
  void isARateOfTheirOwnUnderSgd() {
    Map<String, float[]> plain = moves(SGD.of(RATE), o -> o);
    Map<String, float[]> own = moves(SGD.of(RATE), o -> o.withGradientFactor("*/bias", 4));
    for (String name : plain.keySet()) {
      double factor = name.endsWith("/bias") ? 4 : 1;
      assertArrayEquals(times(plain.get(name), factor), own.get(name), 1e-6f, name);
    }
  }

  @Test
  void factorsOfOneWeightMultiply() {
    Map<String, float[]> twice =
        moves(
            SGD.of(RATE),
            o -> o.withGradientFactor("dense/*", 2).withGradientFactor("dense/bias", 3));
    Map<String, float[]> plain = moves(SGD.of(RATE), o -> o);
    assertArrayEquals(times(plain.get("dense/kernel"), 2), twice.get("dense/kernel"), 1e-6f);
    assertArrayEquals(times(plain.get("dense/bias"), 6), twice.get("dense/bias"), 1e-6f);
    assertArrayEquals(plain.get("dense_1/bias"), twice.get("dense_1/bias"), 1e-6f);
  }

  @Test
  void gradientsAreClippedAfterwards() {
    SGD clipped = SGD.of(RATE).clipvalue(1e-3);
    Map<String, float[]> moves = moves(clipped, o -> o.withGradientFactor("dense_1/bias", 1e6));
    for (float move : moves.get("dense_1/bias")) {
      assertEquals(RATE * 1e-3, Math.abs(move), 1e-6);
    }
  }

  @Test
  void refusesWhatWouldDoNothing() {
    String none =
        assertThrows(
                IllegalArgumentException.class,
                () -> moves(SGD.of(RATE), o -> o.withGradientFactor("*/beta", 64)))
            .getMessage();
    assertEquals(
        "TrainerOptions gradient factor: expected the name of a weight that is trained, got"
            + " \"*/beta\". The model trains [dense/kernel, dense/bias, dense_1/kernel,"
            + " dense_1/bias].",
        none);
    String zero =
        assertThrows(IllegalArgumentException.class, () -> new GradientFactor("*", 0)).getMessage();
    assertEquals(
        "TrainerOptions gradient factor of \"*\": expected a number above 0, got 0.0.", zero);
  }
}
