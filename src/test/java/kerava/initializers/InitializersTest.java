package kerava.initializers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kerava.graph.Device;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.SessionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/**
 * The numbers are random, so their mean, deviation and range are checked against Keras'
 * definitions.
 */
final class InitializersTest {
  private static final Shape KERNEL = Shape.of(5, 5, 40, 60);
  private static final double IN = 25 * 40;
  private static final double OUT = 25 * 60;
  private static final double TRUNCATION = 0.8796256610342398;

  /**
   * What an initializer must give for the kernel.
   *
   * @param initializer the initializer
   * @param mean of the numbers
   * @param deviation their standard deviation
   * @param least none is below
   * @param most none is above
   */
  record Expected(
      Initializer initializer, double mean, double deviation, double least, double most) {
    static Expected uniform(Initializer initializer, double limit) {
      return new Expected(initializer, 0, limit / Math.sqrt(3), -limit, limit);
    }

    static Expected truncated(Initializer initializer, double deviation) {
      double limit = 2 * deviation / TRUNCATION;
      return new Expected(initializer, 0, deviation, -limit, limit);
    }

    @Override
    public String toString() {
      return initializer.toString();
    }
  }

  static List<Expected> random() {
    double infinity = Double.POSITIVE_INFINITY;
    return List.of(
        Expected.uniform(GlorotUniform.of(), Math.sqrt(6 / (IN + OUT))),
        Expected.uniform(HeUniform.of(), Math.sqrt(6 / IN)),
        Expected.uniform(LecunUniform.of(), Math.sqrt(3 / IN)),
        Expected.truncated(GlorotNormal.of(), Math.sqrt(2 / (IN + OUT))),
        Expected.truncated(HeNormal.of(), Math.sqrt(2 / IN)),
        Expected.truncated(LecunNormal.of(), Math.sqrt(1 / IN)),
        Expected.truncated(VarianceScaling.of(), Math.sqrt(1 / IN)),
        Expected.uniform(
            VarianceScaling.of().scale(3).mode(FanMode.FAN_OUT).distribution(Distribution.UNIFORM),
            Math.sqrt(9 / OUT)),
        new Expected(
            VarianceScaling.of()
                .mode(FanMode.FAN_AVG)
                .distribution(Distribution.UNTRUNCATED_NORMAL),
            0,
            Math.sqrt(2 / (IN + OUT)),
            -infinity,
            infinity),
        new Expected(RandomUniform.of(), 0, 0.05 / Math.sqrt(3), -0.05, 0.05),
        new Expected(RandomUniform.of(1, 3), 2, 1 / Math.sqrt(3), 1, 3),
        new Expected(RandomNormal.of(), 0, 0.05, -infinity, infinity),
        new Expected(RandomNormal.of(-1, 2), -1, 2, -infinity, infinity),
        new Expected(TruncatedNormal.of(1, 2), 1, 2 * TRUNCATION, -3, 5));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("random")
  void drawsWhatKerasDefines(Expected expected) {
    float[] values = values(expected.initializer(), KERNEL, "kernel");
    double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(0);
    double square =
        IntStream.range(0, values.length)
            .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
            .average()
            .orElse(0);
    double deviation = expected.deviation();
    // Five standard errors, for 60,000 numbers from a seed that stays.
    assertEquals(expected.mean(), mean, 5 * deviation / Math.sqrt(values.length), "mean");
    assertEquals(deviation, Math.sqrt(square), 0.015 * deviation, "deviation");
    double slack = 1e-6 * Math.max(1, Math.abs(expected.most()));
    double least = IntStream.range(0, values.length).mapToDouble(i -> values[i]).min().orElse(0);
    double most = IntStream.range(0, values.length).mapToDouble(i -> values[i]).max().orElse(0);
    assertTrue(least >= expected.least() - slack, "least " + least);
    assertTrue(most <= expected.most() + slack, "most " + most);
    if (!Double.isInfinite(expected.most())) {
      double range = expected.most() - expected.least();
      assertEquals(expected.least(), least, 0.02 * range, "reaches the lower bound");
      assertEquals(expected.most(), most, 0.02 * range, "reaches the upper bound");
    }
  }

  @Test
  void countsConnectionsAsKerasDoes() {
    assertEquals(1, Fans.in(Shape.scalar()));
    assertEquals(7, Fans.in(Shape.of(7)));
    assertEquals(7, Fans.out(Shape.of(7)));
    assertEquals(4, Fans.in(Shape.of(4, 5)));
    assertEquals(5, Fans.out(Shape.of(4, 5)));
    assertEquals(IN, Fans.in(KERNEL));
    assertEquals(OUT, Fans.out(KERNEL));
  }

  @Test
  void givesEachWeightOtherNumbers() {
    Shape shape = Shape.of(3, 3);
    float[] one = values(GlorotUniform.of(), shape, "a/kernel");
    assertNotEquals(
        Arrays.toString(one), Arrays.toString(values(GlorotUniform.of(), shape, "b/kernel")));
    assertEquals(
        Arrays.toString(one), Arrays.toString(values(GlorotUniform.of(), shape, "a/kernel")));
  }

  @Test
  void givesAllWeightsTheNumbersOfItsOwnSeed() {
    Shape shape = Shape.of(3, 3);
    assertEquals(
        Arrays.toString(values(HeNormal.of().seed(3), shape, "a/kernel")),
        Arrays.toString(values(HeNormal.of().seed(3), shape, "b/kernel")));
  }

  @Test
  void fillsWithConstants() {
    Shape shape = Shape.of(2, 2);
    assertEquals("[0.0, 0.0, 0.0, 0.0]", Arrays.toString(values(Zeros.of(), shape, "w")));
    assertEquals("[1.0, 1.0, 1.0, 1.0]", Arrays.toString(values(Ones.of(), shape, "w")));
    assertEquals("[0.5, 0.5, 0.5, 0.5]", Arrays.toString(values(Constant.of(0.5), shape, "w")));
    assertEquals(
        "[2.0, 0.0, 0.0, 0.0, 2.0, 0.0]",
        Arrays.toString(values(Identity.of(2), Shape.of(2, 3), "w")));
  }

  @Test
  void makesOrthogonalColumnsOrRows() {
    assertOrthogonal(values(Orthogonal.of(), Shape.of(2, 3, 4), "w"), 6, 4, 1);
    assertOrthogonal(transposed(values(Orthogonal.of().gain(2), Shape.of(3, 5), "w"), 3), 5, 3, 4);
  }

  private static void assertOrthogonal(float[] values, int rows, int columns, double square) {
    for (int a = 0; a < columns; a++) {
      for (int b = 0; b < columns; b++) {
        double product = 0;
        for (int row = 0; row < rows; row++) {
          product += values[row * columns + a] * values[row * columns + b];
        }
        assertEquals(a == b ? square : 0, product, 1e-5);
      }
    }
  }

  private static float[] transposed(float[] values, int rows) {
    int columns = values.length / rows;
    float[] transposed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      transposed[i % columns * rows + i / columns] = values[i];
    }
    return transposed;
  }

  @Test
  void refusesShapesThatHaveNoMatrix() {
    assertEquals(
        "Identity: expected a weight of rank 2, got [3].",
        assertThrows(
                IllegalArgumentException.class, () -> values(Identity.of(), Shape.of(3), "bias"))
            .getMessage());
    assertEquals(
        "Orthogonal: expected a weight of rank 2 or more, got [3].",
        assertThrows(
                IllegalArgumentException.class, () -> values(Orthogonal.of(), Shape.of(3), "bias"))
            .getMessage());
    assertEquals(
        "VarianceScaling scale: expected a number above 0, got 0.0.",
        assertThrows(IllegalArgumentException.class, () -> VarianceScaling.of().scale(0))
            .getMessage());
  }

  static float[] values(Initializer initializer, Shape shape, String name) {
    Network network = Network.create(7);
    boolean started = false;
    try {
      network.weight(name, shape, initializer);
      started = true;
    } finally {
      if (!started) {
        network.close();
      }
    }
    try (NetworkSession session = network.start(SessionOptions.on(Device.cpu()))) {
      session.initialize();
      return session.read(List.of(name)).get(name).floats();
    }
  }
}
