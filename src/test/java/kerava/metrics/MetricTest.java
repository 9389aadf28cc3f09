package kerava.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import kerava.Computation;
import kerava.Labels;
import kerava.Metric;
import kerava.config.Catalog;
import kerava.config.Source;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** How metrics are resolved, named, written and read. */
final class MetricTest {
  private static final Catalog CATALOG = Catalog.empty().with(Metric.class, MetricSchemas.all());

  private static Metric read(JsonNode json) {
    return Metric.codec().read(Source.root(json, CATALOG));
  }

  private static JsonNode text(String value) {
    return JsonNodeFactory.instance.textNode(value);
  }

  @Test
  void accuracyDependsOnLabelsAndOutput() {
    Shape classes = Shape.of(-1, 10);
    Metric sparse = Accuracy.of().resolve(Labels.Kind.CLASSES, classes);
    assertEquals(SparseCategoricalAccuracy.of().named("accuracy"), sparse);
    assertEquals("accuracy", sparse.name());
    assertEquals(
        CategoricalAccuracy.of().named("accuracy"),
        Accuracy.of().resolve(Labels.Kind.TARGETS, classes));
    for (Labels.Kind kind : Labels.Kind.values()) {
      assertEquals(
          BinaryAccuracy.of().named("accuracy"), Accuracy.of().resolve(kind, Shape.of(-1, 1)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"accuracy", "acc"})
  void accuracyIsAString(String name) {
    Metric metric = read(text(name));
    assertEquals(Accuracy.of().named(name), metric);
    assertEquals(name, metric.resolve(Labels.Kind.CLASSES, Shape.of(-1, 10)).name());
    assertEquals(text(name), Metric.codec().write(metric));
  }

  @Test
  void theClassAccuracyIsSomethingElse() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("module", "keras.metrics").put("class_name", "Accuracy");
    json.putObject("config").put("name", "accuracy").put("dtype", "float32");
    Metric metric = read(json);
    assertEquals(ExactAccuracy.of(), metric);
    assertEquals("Accuracy", Metric.codec().write(metric).get("class_name").textValue());
  }

  @Test
  void accuracyHasNoOtherName() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Accuracy.of().named("top")).getMessage();
    assertTrue(message.contains("\"accuracy\" or \"acc\", got \"top\""), message);
  }

  @Test
  void aStringIsTheName() {
    assertEquals(MeanSquaredError.of().named("mse"), read(text("mse")));
    assertEquals("sparse_categorical_accuracy", read(text("sparse_categorical_accuracy")).name());
  }

  @Test
  void refusesLabelsThatItCannotCompare() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> MeanSquaredError.of().resolve(Labels.Kind.CLASSES, Shape.of(-1, 10)))
            .getMessage();
    assertEquals(
        "MeanSquaredError \"mean_squared_error\": expected labels that are [TARGETS], got CLASSES."
            + " Do the loss and the metrics agree?",
        message);
  }

  @Test
  void binaryAccuracyTakesClassNumbers() {
    Array predictions = Array.of(new float[] {.2f, .8f, .6f, .5f}, 4, 1);
    Array classes = Array.of(new int[] {0, 1, 0, 0}, 4);
    Array hits =
        Computation.of(
            tf ->
                BinaryAccuracy.of()
                    .perSample(
                        tf,
                        Labels.classes(Computation.ints(tf, classes)),
                        Computation.floats(tf, predictions)));
    assertArrayEquals(new float[] {1, 1, 0, 1}, hits.floats());
  }

  @Test
  void binaryAccuracyTakesAThreshold() {
    Array predictions = Array.of(new float[] {.2f, .8f, .6f, .5f}, 2, 2);
    Array targets = Array.of(new float[] {0, 1, 0, 0}, 2, 2);
    Array hits =
        Computation.of(
            tf ->
                BinaryAccuracy.of(0.7)
                    .perSample(
                        tf,
                        Labels.targets(Computation.floats(tf, targets)),
                        Computation.floats(tf, predictions)));
    assertArrayEquals(new float[] {1, 1, 1, 1}, hits.floats());
  }

  @Test
  void topKWorksOnImagesOfClasses() {
    Array scores =
        Array.of(new float[] {.1f, .7f, .2f, .5f, .3f, .2f, 0, 1, 0, .2f, .2f, .6f}, 2, 2, 3);
    Array classes = Array.of(new int[] {2, 2, 1, 0}, 2, 2);
    Array hits =
        Computation.of(
            tf ->
                SparseTopKCategoricalAccuracy.of(2)
                    .perSample(
                        tf,
                        Labels.classes(Computation.ints(tf, classes)),
                        Computation.floats(tf, scores)));
    assertArrayEquals(new float[] {1, 0, 1, 1}, hits.floats());
  }

  @Test
  void crossentropyCountsAnIgnoredClassAsZero() {
    Array predictions = Array.of(new float[] {.5f, .5f, .25f, .75f}, 2, 2);
    Array classes = Array.of(new int[] {0, 1}, 2);
    Array losses =
        Computation.of(
            tf ->
                SparseCategoricalCrossentropy.of()
                    .ignoreClass(1)
                    .perSample(
                        tf,
                        Labels.classes(Computation.ints(tf, classes)),
                        Computation.floats(tf, predictions)));
    assertArrayEquals(new float[] {(float) Math.log(2), 0}, losses.floats(), 1e-6f);
  }
}
