package kerava.layers;

import static kerava.layers.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import kerava.Layer;
import kerava.graph.Array;
import kerava.graph.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Augmentations that leave nothing to chance, checked against what Keras gave. */
final class AugmentationGoldenTest {
  private static final int IMAGE = 6 * 6;

  record Case(String name, JsonNode json) {
    Layer layer() {
      return (Layer)
          KerasConfig.read(Layer.class, json.get("class_name").asText(), json.get("config"));
    }

    Array input() {
      return GoldenCase.array(json.get("input"));
    }

    Array output() {
      return GoldenCase.array(json.get("output"));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Case> all() {
    JsonNode cases = GoldenCase.resource("keras_goldens.json").get("cases");
    return StreamSupport.stream(cases.spliterator(), false)
        .filter(json -> json.get("kind").asText().equals("augment"))
        .map(json -> new Case(json.get("name").asText(), json))
        .toList();
  }

  static List<Case> cases() {
    return all().stream().filter(golden -> !golden.name().equals("rcontrast")).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void computesWhatKerasComputes(Case golden) {
    Array got = LayerRun.of(golden.layer(), List.of(golden.input())).run(Mode.TRAIN).output();
    assertClose(golden.output(), got, 1e-5, golden.name());
  }

  @Test
  void sixAreChecked() {
    assertEquals(6, cases().size());
  }

  /** Keras draws from 0.5 to 1.5 here, though both of its arguments are 0.5. */
  @Test
  void contrastIsDrawnFromKerasRange() {
    Case golden =
        all().stream().filter(c -> c.name().equals("rcontrast")).findFirst().orElseThrow();
    Array got = LayerRun.of(golden.layer(), List.of(golden.input())).run(Mode.TRAIN).output();
    for (Array output : List.of(golden.output(), got)) {
      for (int image = 0; image < 2; image++) {
        requireOneFactor(golden.input().floats(), output.floats(), image * IMAGE * 3);
      }
    }
  }

  private static void requireOneFactor(float[] before, float[] after, int start) {
    double factor = Double.NaN;
    for (int channel = 0; channel < 3; channel++) {
      double mean = 0;
      for (int i = 0; i < IMAGE; i++) {
        mean += before[start + 3 * i + channel] / IMAGE;
      }
      for (int i = 0; i < IMAGE; i++) {
        int at = start + 3 * i + channel;
        double distance = before[at] - mean;
        if (Math.abs(distance) > 0.05 && after[at] > 0 && after[at] < 1) {
          double here = (after[at] - mean) / distance;
          factor = Double.isNaN(factor) ? here : factor;
          assertEquals(factor, here, 1e-3);
        }
      }
    }
    assertTrue(factor >= 0.5 && factor <= 1.5, "factor " + factor);
  }
}
