package kerava.initializers;

import static kerava.KerasCase.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kerava.Computation;
import kerava.Golden;
import kerava.KerasCase;
import kerava.config.Catalog;
import kerava.config.Schema;
import kerava.graph.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Each initializer, checked against what Keras drew from and what it made of given draws. */
final class InitializerGoldenTest {
  private static final JsonNode FILE = KerasCase.file("initializers.json");

  record Case(KerasCase golden) {
    private JsonNode json() {
      return golden.json();
    }

    Initializer initializer() {
      return golden.read(InitializerSchemas.all(), json().get("config"), Catalog.empty());
    }

    Shape shape() {
      return Shape.of(
          Golden.items(json().get("shape")).stream().mapToLong(JsonNode::asLong).toArray());
    }

    @Override
    public String toString() {
      return golden.className() + json().get("config") + json().path("shape");
    }
  }

  private static List<Case> cases(String part) {
    return Golden.items(FILE.get(part)).stream()
        .map(json -> new Case(new KerasCase(json)))
        .toList();
  }

  static List<Case> drawing() {
    return cases("drawing");
  }

  static List<Case> constant() {
    return cases("constant");
  }

  static List<Case> orthogonal() {
    return cases("orthogonal");
  }

  /** The kernels of Fourier transforms, with all of SciPy's windows that have a name alone. */
  static List<Case> windows() {
    return Golden.items(KerasCase.file("sound.json").get("windows")).stream()
        .map(json -> new Case(new KerasCase(json)))
        .toList();
  }

  static List<Case> all() {
    return Stream.of(drawing(), constant(), orthogonal(), windows()).flatMap(List::stream).toList();
  }

  @Test
  void eachIsChecked() {
    assertEquals(
        InitializerSchemas.all().stream().map(Schema::className).collect(Collectors.toSet()),
        all().stream().map(each -> each.golden().className()).collect(Collectors.toSet()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void isWrittenAsKerasWritesIt(Case golden) {
    ObjectNode wanted = golden.json().get("config").deepCopy();
    // Keras 3.14 and older would refuse them.
    wanted.remove(List.of("input_axes", "output_axes"));
    Initializer initializer = golden.initializer();
    assertEquals(wanted, initializer.schema().write(initializer.config()));
  }

  /** The same numbers from 0 to 1, or of deviation 1, in the place where Keras wants them. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("drawing")
  void drawsFromWhereKerasDoes(Case golden) {
    JsonNode drawn = golden.json().get("drawn");
    boolean uniform = drawn.get("distribution").asText().equals("uniform");
    double least = drawn.get(uniform ? "minval" : "mean").asDouble();
    double width =
        uniform ? drawn.get("maxval").asDouble() - least : drawn.get("stddev").asDouble();
    float[] wanted = values(unit(drawn.get("distribution").asText()), golden.shape());
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = (float) (least + width * wanted[i]);
    }
    Array got = Array.of(values(golden.initializer(), golden.shape()), golden.shape().asArray());
    assertClose(Array.of(wanted, golden.shape().asArray()), got, 1e-6, "numbers");
  }

  private static Initializer unit(String distribution) {
    return switch (distribution) {
      case "uniform" -> RandomUniform.of(0, 1);
      case "normal" -> RandomNormal.of(0, 1);
      case "truncated_normal" -> TruncatedNormal.of(0, 1);
      default -> throw new AssertionError(distribution);
    };
  }

  private static float[] values(Initializer initializer, Shape shape) {
    return InitializersTest.values(initializer, shape, "kernel");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("constant")
  void fillsAsKerasDoes(Case golden) {
    Array wanted = golden.golden().array("output");
    assertEquals(
        wanted, Array.of(values(golden.initializer(), wanted.shape()), wanted.shape().asArray()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("windows")
  void makesWavesInWindowsAsKerasDoes(Case golden) {
    Array wanted = golden.golden().array("output");
    float[] values = values(golden.initializer(), wanted.shape());
    assertClose(wanted, Array.of(values, wanted.shape().asArray()), 1e-6, "kernel");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("orthogonal")
  void makesADrawOrthogonalAsKerasDoes(Case golden) {
    Array wanted = golden.golden().array("output");
    Orthogonal orthogonal = (Orthogonal) golden.initializer();
    Array got =
        Computation.of(
            tf ->
                orthogonal.orthogonal(
                    tf, wanted.shape(), Computation.floats(tf, golden.golden().array("draw"))));
    assertClose(wanted, got, 1e-6, "matrix");
  }
}
