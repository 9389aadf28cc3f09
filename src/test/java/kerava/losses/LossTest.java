package kerava.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import kerava.Computation;
import kerava.Labels;
import kerava.Loss;
import kerava.Reduction;
import kerava.config.Catalog;
import kerava.config.Schema;
import kerava.config.Source;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Losses beyond the fixtures; the numbers are those of Python Keras 3.15. */
final class LossTest {
  private static final Array CLASSES = Array.of(new int[] {1, 0, 0, 2}, 4);
  private static final Array ONE_HOT =
      Array.of(new float[] {0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1}, 4, 3);
  private static final Array PROBABILITIES =
      Array.of(new float[] {.1f, .7f, .2f, .5f, .25f, .25f, 0, 1, 0, .2f, .2f, .6f}, 4, 3);

  static List<Schema<? extends Loss>> schemas() {
    return LossSchemas.all();
  }

  private static final Array THREE =
      Array.of(new float[] {.2f, .5f, .3f, .1f, .3f, .6f, .4f, .2f, .4f}, 3, 3);

  private static float[] targets(Loss loss, Array targets, Array predictions) {
    return Computation.of(
            tf ->
                loss.perSample(
                    tf,
                    Labels.targets(Computation.floats(tf, targets)),
                    Computation.floats(tf, predictions)))
        .floats();
  }

  private static float[] oneHot(Loss loss) {
    return targets(loss, ONE_HOT, PROBABILITIES);
  }

  @Test
  void huberTakesItsDelta() {
    assertArrayEquals(
        new float[] {.02333333f, .05583334f, .17f, .03833333f}, oneHot(Huber.of(0.3)), 1e-6f);
    assertArrayEquals(
        new float[] {.02333333f, .0625f, .33333334f, .04f}, oneHot(Huber.of()), 1e-6f);
  }

  @Test
  void logCoshAndPoissonAreAsInKeras() {
    assertArrayEquals(
        new float[] {.02306682f, .06065802f, .28918722f, .03922987f}, oneHot(LogCosh.of()), 1e-6f);
    assertArrayEquals(
        new float[] {.45222494f, .5643823f, 5.706032f, .50360847f}, oneHot(Poisson.of()), 1e-5f);
  }

  @Test
  void binaryCrossentropySmooths() {
    assertArrayEquals(
        new float[] {.37608692f, .49607792f, 10.155414f, .42497265f},
        oneHot(BinaryCrossentropy.of().labelSmoothing(0.2)),
        1e-5f);
  }

  @Test
  void crossentropyTakesAnotherAxis() {
    float[] values = new float[12];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 12f + .05f;
    }
    Array predictions = Array.of(values, 2, 3, 2);
    Array targets = Array.of(new float[] {1, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0}, 2, 3, 2);
    CategoricalCrossentropy loss = CategoricalCrossentropy.of().axis(1);
    assertEquals(1.4536806, mean(targets(loss.labelSmoothing(0.1), targets, predictions)), 1e-6);
    assertEquals(1.1495169, mean(targets(loss.fromLogits(true), targets, predictions)), 1e-6);
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  @ParameterizedTest
  @CsvSource({
    "SUM_OVER_BATCH_SIZE, 0.43375021, 0.25496128",
    "SUM, 0.86750042, 0.50992196",
    "MEAN_WITH_SAMPLE_WEIGHT, 0.43375021, 0.39224815"
  })
  void leavesOutAClass(Reduction reduction, double value, double weighted) {
    Loss loss = SparseCategoricalCrossentropy.of().ignoreClass(0).reduction(reduction);
    Array weights = Array.of(new float[] {1, 2, .5f, .3f}, 4);
    assertEquals(value, reduced(loss, tf -> tf.constant(1f)), 1e-6);
    assertEquals(weighted, reduced(loss, tf -> Computation.floats(tf, weights)), 1e-6);
  }

  private interface Weights {
    Operand<TFloat32> of(Ops tf);
  }

  private static float reduced(Loss loss, Weights weights) {
    return Computation.of(
            tf -> {
              Labels labels = Labels.classes(Computation.ints(tf, CLASSES));
              Operand<TFloat32> losses =
                  loss.perSample(tf, labels, Computation.floats(tf, PROBABILITIES));
              return loss.reduced(tf, losses, loss.counted(tf, labels, losses), weights.of(tf));
            })
        .floats()[0];
  }

  @Test
  void worksOnImagesOfClasses() {
    Array classes = Array.of(new int[] {1, 0, 0, 2}, 2, 2);
    Array predictions = Array.of(PROBABILITIES.floats(), 2, 2, 3);
    Array losses =
        Computation.of(
            tf ->
                SparseCategoricalCrossentropy.of()
                    .perSample(
                        tf,
                        Labels.classes(Computation.ints(tf, classes)),
                        Computation.floats(tf, predictions)));
    assertEquals(Array.of(new float[4], 2, 2).shape(), losses.shape());
    assertEquals(0.5108256, losses.floats()[3], 1e-6);
  }

  /** Where a softmax saturates, clipped probabilities have no gradient, logits still have. */
  @ParameterizedTest
  @MethodSource("saturated")
  void takesLogitsFromBehindTheActivation(Loss loss, String activation, float[] wanted) {
    Array logits = Array.of(new float[] {-200, 200, 0}, 1, 3);
    Array gradient =
        Computation.inNetwork(
            network -> {
              Ops tf = network.tf();
              Operand<TFloat32> x = Computation.floats(tf, logits);
              Operand<TFloat32> p =
                  activation.equals("softmax") ? tf.nn.softmax(x) : tf.math.sigmoid(x);
              Operand<TFloat32> each = loss.perSample(tf, labels(tf, loss), p);
              return network.gradients(tf.reduceSum(each, tf.constant(0)), List.of(x)).get(0);
            });
    assertArrayEquals(wanted, gradient.floats(), 1e-6f);
  }

  private static Labels labels(Ops tf, Loss loss) {
    return loss.labels() == Labels.Kind.CLASSES
        ? Labels.classes(tf.constant(new int[] {0}))
        : Labels.targets(tf.constant(new float[][] {{1, 0, 0}}));
  }

  static List<Object[]> saturated() {
    return List.of(
        new Object[] {SparseCategoricalCrossentropy.of(), "softmax", new float[] {-1, 1, 0}},
        new Object[] {CategoricalCrossentropy.of(), "softmax", new float[] {-1, 1, 0}},
        new Object[] {BinaryCrossentropy.of(), "sigmoid", new float[] {-1 / 3f, 1 / 3f, 0.5f / 3}});
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void hasAFiniteGradient(Schema<? extends Loss> schema) {
    Loss loss = schema.create(schema.config());
    Array gradient =
        Computation.inNetwork(
            network -> {
              Ops tf = network.tf();
              boolean rows = loss instanceof CTC;
              Array numbers = rows ? Array.of(THREE.floats(), 1, 3, 3) : THREE;
              Operand<TFloat32> x = Computation.floats(tf, numbers);
              Labels labels =
                  rows
                      ? Labels.classes(tf.constant(new int[][] {{1, 2}}))
                      : loss.labels() == Labels.Kind.CLASSES
                          ? Labels.classes(tf.constant(new int[] {0, 1, 0}))
                          : Labels.targets(
                              tf.constant(new float[][] {{1, 0, 0}, {0, 1, 0}, {1, 0, 0}}));
              Operand<TFloat32> each = loss.perSample(tf, labels, x);
              return network
                  .gradients(Reduction.SUM.apply(tf, each, tf.constant(1f)), List.of(x))
                  .get(0);
            });
    boolean some = false;
    for (float number : gradient.floats()) {
      assertTrue(Float.isFinite(number), gradient.toString());
      some |= number != 0;
    }
    assertTrue(some, schema + " has no gradient");
  }

  @Test
  void readsWhatKeras2Wrote() {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.put("reduction", "auto").put("name", "sparse_categorical_crossentropy");
    config.put("from_logits", true).putNull("ignore_class");
    config.put("fn", "sparse_categorical_crossentropy");
    assertEquals(
        SparseCategoricalCrossentropy.of().fromLogits(true),
        SparseCategoricalCrossentropy.SCHEMA.read(Source.root(config, Catalog.empty())));
  }

  @Test
  void readsTheNumberTypeInBothForms() {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.put("dtype", "float32");
    MeanSquaredError.SCHEMA.read(Source.root(config, Catalog.empty()));
    config
        .putObject("dtype")
        .put("class_name", "DTypePolicy")
        .putObject("config")
        .put("name", "float32");
    assertEquals(
        MeanSquaredError.of(), MeanSquaredError.SCHEMA.read(Source.root(config, Catalog.empty())));
    config.put("dtype", "float16");
    assertThrows(
        IllegalArgumentException.class,
        () -> MeanSquaredError.SCHEMA.read(Source.root(config, Catalog.empty())));
  }
}
