package kerava.layers.preprocessing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import kerava.Layer;
import kerava.Model;
import kerava.TestDevice;
import kerava.config.Schema;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.layers.KerasConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Layers of values of any type give what Keras gives, of the same type, bit for bit. */
@Tag(TestDevice.TAG)
final class PreprocessingGoldenTest {
  private static final double FORWARD = 1e-6;

  static List<TypedCase> cases() {
    return TypedCase.all();
  }

  static List<TypedCase> learning() {
    return TypedCase.all().stream().filter(TypedCase::learns).toList();
  }

  static List<TypedCase> given() {
    return TypedCase.all().stream().filter(each -> !each.learns()).toList();
  }

  @Test
  void everyLayerIsChecked() {
    Set<String> checked =
        TypedCase.all().stream().map(TypedCase::className).collect(Collectors.toSet());
    for (Schema<?> schema : PreprocessingSchemas.all()) {
      assertTrue(checked.contains(schema.className()), schema.className() + " has no case");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void writesWhatKerasWrites(TypedCase golden) {
    Layer layer = golden.read(golden.written());
    var json = KerasConfig.write(layer);
    KerasConfig.assertSame(golden.written(), json, golden.className());
    assertEquals(layer, golden.read(json));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("given")
  void computesWhatKerasComputes(TypedCase golden) {
    check(golden, golden.read(golden.written()));
  }

  private static void check(TypedCase golden, Layer layer) {
    Model model = golden.model(layer);
    Array expected = golden.array("output");
    Array got = golden.predict(model);
    assertSame(expected, got);
    assertEquals(
        DType.named(golden.json().get("output").get("dtype").asText()).orElseThrow(),
        model.outputSpecs().get(0).type());
    Shape shape = model.outputShape();
    assertTrue(shape.isCompatibleWith(got.shape()), shape + " " + got.shape());
    long unknown = java.util.stream.LongStream.of(shape.asArray()).filter(size -> size < 0).count();
    assertTrue(unknown <= 2, shape.toString());
  }

  static void assertSame(Array expected, Array got) {
    assertEquals(expected.type(), got.type());
    assertArrayEquals(expected.shape().asArray(), got.shape().asArray());
    if (expected.type() == Array.Type.FLOAT32) {
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(
            expected.floats()[i], got.floats()[i], FORWARD * Math.abs(expected.floats()[i]));
      }
    } else {
      assertEquals(expected, got);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("learning")
  void learnsWhatKerasLearns(TypedCase golden) {
    Layer layer =
        Learning.from(golden.read(golden.json().get("before")), golden.array("adapted_to"));
    check(golden, layer);
    if (layer instanceof VocabularyLayer learned) {
      assertEquals(golden.array("vocabulary"), learned.terms());
      assertEquals(golden.json().has("idf"), learned.idf().isPresent());
      learned.idf().ifPresent(idf -> assertSame(golden.array("idf"), idf));
    } else {
      // What is learned of numbers is in the config, to the last bit.
      KerasConfig.assertSame(golden.written(), KerasConfig.write(layer), golden.className());
    }
  }

  @Test
  void learnsOfBatches() {
    TypedCase golden = TypedCase.named("bins_adapt_batches");
    List<Array> batches = new ArrayList<>();
    golden.json().get("batches").forEach(each -> batches.add(TypedCase.array(each)));
    Discretization layer = Discretization.bins(6).epsilon(0.05).adapt(batches);
    JsonNode expected = golden.written().get("bin_boundaries");
    List<Double> boundaries = new ArrayList<>();
    expected.forEach(number -> boundaries.add(number.doubleValue()));
    assertEquals(boundaries, layer.boundaries());
  }
}
