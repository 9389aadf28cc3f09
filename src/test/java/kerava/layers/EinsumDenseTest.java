package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import kerava.Computation;
import kerava.Inputs;
import kerava.Layer;
import kerava.WeightSpec;
import kerava.config.ConfigException;
import kerava.graph.Array;
import kerava.initializers.HeUniform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** What EinsumDense takes and refuses, and how its kernel begins. */
final class EinsumDenseTest {
  private static Inputs inputs(long... shape) {
    return new Inputs("EinsumDense \"e\"", List.of(Shape.of(shape)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab,bc",
        "ab,bc->",
        "ab, bc->ac",
        "...ab,bc->ac",
        "ab,bc->...ac",
        "a...,ab->b...",
        "...ab...,bc->...ac...",
        "ab,bc->acd",
        "ab,bcd->ac",
        "aab,bc->ac",
        "ab,bc,cd->ad"
      })
  void refusesEquations(String equation) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> EinsumDense.of(equation, 3))
            .getMessage();
    assertEquals(
        "EinsumDense equation: expected an equation such as ab,bc->ac, ...ab,bc->...ac or"
            + " ab...,bc->ac..., got \""
            + equation
            + "\".",
        message);
  }

  @Test
  void refusesABiasAlongNoAxis() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> EinsumDense.of("ab,bc->ac", 3).biasAxes("b"))
            .getMessage();
    assertEquals("EinsumDense bias_axes: expected letters of the output ac, got b.", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2; input of rank 3 as its equation says, got [2].",
        "2,3,4,5; input of rank 3 as its equation says, got [2, 3, 4, 5].",
        "2,4,5; input of the sizes that output_shape has along common axes, got [2, 4, 5].",
        "2,3,-1; known sizes along the axes of its kernel, got [2, 3, -1]."
      })
  void refusesInputs(String shape, String words) {
    Layer layer = EinsumDense.of("abc,cd->abd", 3, 5);
    long[] sizes = List.of(shape.split(",")).stream().mapToLong(Long::parseLong).toArray();
    String message =
        assertThrows(IllegalArgumentException.class, () -> layer.weights(inputs(sizes)))
            .getMessage();
    assertEquals("EinsumDense \"e\": expected " + words, message);
  }

  @Test
  void refusesTooManySizes() {
    Layer layer = EinsumDense.of("abc,cd->abd", 5);
    assertEquals(
        "EinsumDense \"e\": expected 2 sizes in output_shape as its equation says, got [2, 3, 4].",
        assertThrows(IllegalArgumentException.class, () -> layer.outputShape(inputs(2, 3, 4)))
            .getMessage());
  }

  @Test
  void takesSizesFromItsInput() {
    Layer layer = EinsumDense.of("abc,cd->adb", 5, -1);
    assertEquals(Shape.of(2, 5, 3), layer.outputShape(inputs(2, 3, 4)));
    assertEquals(
        List.of(-1L, 5L, -1L),
        java.util.Arrays.stream(layer.outputShape(inputs(-1, -1, 4)).asArray()).boxed().toList());
  }

  /** As the kernel of a dense layer of as many inputs and outputs. */
  @Test
  void itsKernelBeginsByItsAxes() {
    WeightSpec glorot = EinsumDense.of("abcd,cde->abe", -1, 6).weights(inputs(2, 3, 20, 30)).get(0);
    assertSpread(Math.sqrt(6.0 / (600 + 6)), glorot);
    WeightSpec he =
        EinsumDense.of("abc,cde->abde", -1, 20, 30)
            .kernelInitializer(HeUniform.of())
            .weights(inputs(2, 3, 10))
            .get(0);
    assertSpread(Math.sqrt(6.0 / 10), he);
    WeightSpec own =
        EinsumDense.of("abc,cde->abde", -1, 20, 30)
            .kernelInitializer(HeUniform.of().axes(List.of(0, 1), List.of(2)))
            .weights(inputs(2, 3, 10))
            .get(0);
    assertSpread(Math.sqrt(6.0 / 200), own);
  }

  private static void assertSpread(double limit, WeightSpec spec) {
    Array values = Computation.of(tf -> spec.initializer().value(tf, spec.shape(), 5));
    double most = 0;
    for (float value : values.floats()) {
      most = Math.max(most, Math.abs(value));
    }
    assertTrue(most <= limit && most > 0.95 * limit, most + " of " + limit);
  }

  @ParameterizedTest
  @CsvSource({
    "EinsumDense, lora_rank, 4",
    "EinsumDense, lora_alpha, 4",
    "Dense, lora_rank, 4",
    "EinsumDense, gptq_unpacked_column_size, 8",
    "Dense, quantization_config, '{\"a\": 1}'"
  })
  void refusesOtherKernelsByName(String layer, String key, String value) throws Exception {
    String json =
        layer.equals("Dense")
            ? "{\"units\": 3, \"%s\": %s}"
            : "{\"equation\": \"ab,bc->ac\", \"output_shape\": [3], \"%s\": %s}";
    var config = new ObjectMapper().readTree(json.formatted(key, value));
    String message =
        assertThrows(ConfigException.class, () -> KerasConfig.read(Layer.class, layer, config))
            .getMessage();
    assertTrue(message.startsWith("$.config." + key + ": expected "), message);
    assertTrue(message.contains("since Kerava "), message);
    assertTrue(message.length() <= 300, message);
  }
}
