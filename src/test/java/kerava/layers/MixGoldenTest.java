package kerava.layers;

import static kerava.layers.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import kerava.BatchTransform.Samples;
import kerava.Computation;
import kerava.Golden;
import kerava.TestDevice;
import kerava.config.Config;
import kerava.graph.Array;
import kerava.graph.Mode;
import kerava.graph.Scope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** MixUp and CutMix with given draws, checked against what Keras made of the same ones. */
@Tag(TestDevice.TAG)
final class MixGoldenTest {
  private static final double TOLERANCE = TestDevice.tolerance(1e-6);
  private static final JsonNode FILE = Golden.read("mixing.json");
  private static final int SIZE = FILE.get("shape").get(0).intValue();

  record Case(JsonNode json) {
    Samples mixed(Scope scope) {
      Samples samples =
          new Samples(given(scope, images(FILE.get("images"))), given(scope, array("targets")));
      SampleMixing mixing = new SampleMixing(scope, Config.of(name()), samples);
      Operand<TInt32> partners = Computation.ints(scope.tf(), Array.of(partners(), SIZE));
      Operand<TFloat32> share = given(scope, array("share"));
      return name().equals("MixUp")
          ? MixUp.mixed(mixing, new MixUp.Drawn(partners, share))
          : CutMix.mixed(
              mixing,
              new CutMix.Drawn(
                  partners, share, given(scope, array("top")), given(scope, array("left"))));
    }

    String name() {
      return json.get("class_name").asText();
    }

    int[] partners() {
      return Golden.items(json.get("partners")).stream().mapToInt(JsonNode::intValue).toArray();
    }

    Array array(String field) {
      float[] numbers = Golden.floats(json.get(field));
      return numbers.length == SIZE
          ? Array.of(numbers, SIZE)
          : Array.of(numbers, SIZE, numbers.length / SIZE);
    }

    @Override
    public String toString() {
      return name() + " " + json.get("share");
    }
  }

  static List<Case> cases() {
    return Golden.items(FILE.get("cases")).stream().map(Case::new).toList();
  }

  private static Operand<TFloat32> given(Scope scope, Array array) {
    return Computation.floats(scope.tf(), array);
  }

  private static Array images(JsonNode numbers) {
    long[] shape =
        Golden.items(FILE.get("shape")).stream().mapToLong(JsonNode::longValue).toArray();
    return Array.of(Golden.floats(numbers), shape);
  }

  private static Array computed(Case golden, Function<Samples, Operand<TFloat32>> part) {
    return Computation.inNetwork(
        network -> part.apply(golden.mixed(network.pass("train", Mode.TRAIN).scope("mix"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void mixesImagesAsKerasDoes(Case golden) {
    Array expected = images(golden.json().get("mixed_images"));
    assertClose(expected, computed(golden, Samples::images), TOLERANCE, golden + " images");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void mixesTargetsAsKerasDoes(Case golden) {
    Array expected = golden.array("mixed_targets");
    assertClose(expected, computed(golden, Samples::targets), TOLERANCE, golden + " targets");
  }

  @Test
  void bothAreChecked() {
    assertEquals(
        Set.of("MixUp", "CutMix"), cases().stream().map(Case::name).collect(Collectors.toSet()));
  }
}
