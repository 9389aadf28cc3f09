package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import kerava.Golden;
import kerava.Input;
import kerava.Layer;
import kerava.Loss;
import kerava.Metric;
import kerava.Optimizer;
import kerava.Schedule;
import kerava.constraints.Constraint;
import kerava.initializers.Initializer;
import kerava.layers.ActivationFunction;
import kerava.layers.CutMix;
import kerava.layers.MixUp;
import kerava.optimizers.LossScaleOptimizer;
import kerava.regularizers.Regularizer;
import kerava.saving.json.ConfigMigration;
import org.junit.jupiter.api.Test;

/** Everything that a file may name is held to Keras' numbers somewhere. */
final class GoldenCoverageTest {
  /** The files of goldens, and the kind of those cases in them that count. */
  private record Reference(List<String> files, Set<String> kinds) {
    static Reference kinds(String... kinds) {
      return new Reference(Golden.KINDS, Set.of(kinds));
    }

    static Reference file(String name) {
      return new Reference(List.of(name), Set.of(""));
    }

    Stream<JsonNode> cases() {
      return files.stream()
          .flatMap(file -> objects(Golden.read(file)))
          .filter(json -> kinds.contains(json.path("kind").asText()));
    }
  }

  private static final Map<Class<?>, List<Reference>> REFERENCES =
      Map.of(
          Layer.class,
              List.of(
                  Reference.kinds("layer", "merge", "augment"),
                  Reference.file("preprocessing.json"),
                  Reference.file("recurrent_calls.json"),
                  new Reference(Golden.LAYERS, Set.of(""))),
          Initializer.class,
              List.of(Reference.file("initializers.json"), Reference.file("sound.json")),
          Regularizer.class, List.of(Reference.file("regularizers.json")),
          Constraint.class, List.of(Reference.file("constraints.json")),
          Loss.class, List.of(Reference.kinds("loss")),
          Metric.class, List.of(Reference.kinds("metric")),
          Optimizer.class, List.of(Reference.kinds("optimizer")),
          Schedule.class, List.of(Reference.kinds("schedule")));

  /** What no case names, and why. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          Input.SCHEMA.className(),
          "computes nothing; model_order.json has its shapes",
          LossScaleOptimizer.SCHEMA.className(),
          "has no step of its own; LossScaleTest goes on from mixed_float16_t0.keras as Keras",
          "accuracy",
          "a string, no class; fit.json and training.json have its figures");

  private static final Set<String> RESULTS =
      Set.of("output", "outputs", "value", "values", "after_each_step", "drawn", "mixed_images");

  private static Stream<JsonNode> objects(JsonNode json) {
    Stream<JsonNode> inner = Golden.items(json).stream().flatMap(GoldenCoverageTest::objects);
    return json.has("class_name") ? Stream.concat(Stream.of(json), inner) : inner;
  }

  private static Set<String> unchecked(List<Reference> references, Collection<String> names) {
    Set<String> left = new TreeSet<>(names);
    references.stream()
        .flatMap(Reference::cases)
        .filter(GoldenCoverageTest::isCase)
        .forEach(json -> left.remove(json.get("class_name").asText()));
    left.removeAll(ELSEWHERE.keySet());
    return left;
  }

  // Not one that is only named in the config of another.
  private static boolean isCase(JsonNode json) {
    return RESULTS.stream().anyMatch(json::has);
  }

  @Test
  void everyClassIsChecked() {
    for (Class<?> kind : ConfigMigration.KINDS) {
      Collection<String> names = Registry.standard().catalog().names(kind);
      assertTrue(names.size() > 3, kind + " " + names);
      assertEquals(Set.of(), unchecked(REFERENCES.get(kind), names), kind.getSimpleName());
    }
    assertEquals(
        Set.of(),
        unchecked(
            List.of(Reference.file("mixing.json")),
            List.of(MixUp.SCHEMA.className(), CutMix.SCHEMA.className())));
  }

  @Test
  void findsWhatIsNotChecked() {
    Reference losses = Reference.kinds("loss");
    assertEquals(
        Set.of("F1Score", "Nothing"),
        unchecked(List.of(losses), List.of("Poisson", "Nothing", "F1Score")));
    assertEquals(Set.of(), unchecked(List.of(Reference.kinds("metric")), List.of("F1Score")));
  }

  @Test
  void everyActivationFunctionIsChecked() {
    Set<String> left = new TreeSet<>();
    Stream.of(ActivationFunction.values())
        .forEach(each -> left.add(each.name().toLowerCase(Locale.ROOT)));
    new Reference(Golden.LAYERS, Set.of(""))
        .cases()
        .filter(json -> json.get("class_name").asText().equals("Activation"))
        .forEach(json -> left.remove(json.get("written").get("activation").asText()));
    assertEquals(Set.of(), left);
  }
}
