package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import kerava.Golden;
import kerava.Layer;
import kerava.Loss;
import kerava.Metric;
import kerava.Optimizer;
import kerava.Schedule;
import kerava.config.Configured;
import kerava.constraints.Constraint;
import kerava.initializers.Initializer;
import kerava.layers.ActivationFunction;
import kerava.regularizers.Regularizer;
import org.junit.jupiter.api.Test;

/**
 * Every class of Keras is there or refused on purpose, and {@code docs/vocabulary.md} says which;
 * {@code tools/golden/vocabulary.py} lists them.
 */
final class VocabularyTest {
  private static final Path DOCUMENT = Path.of("docs", "vocabulary.md");
  private static final JsonNode KERAS = Golden.read("vocabulary.json");

  /** What has no class in Kerava, and why. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("FlaxLayer", "another framework's"),
          Map.entry("JaxLayer", "another framework's"),
          Map.entry("Lambda", "Python code"),
          Map.entry(
              "TFSMLayer",
              "names a folder outside the file, as Keras' safe mode refuses it; `TFSMLayer.of` makes one"),
          Map.entry("TorchModuleWrapper", "another framework's"),
          Map.entry("Wrapper", "a base class, which computes nothing"));

  /** What is to come. */
  private static final Set<String> NOT_YET = Set.of("SpectralNormalization");

  private record Kind(String title, String name, Class<? extends Configured> type) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("Layers", "Layer", Layer.class),
          new Kind("Losses", "Loss", Loss.class),
          new Kind("Metrics", "Metric", Metric.class),
          new Kind("Optimizers", "Optimizer", Optimizer.class),
          new Kind("Learning rate schedules", "Schedule", Schedule.class),
          new Kind("Initializers", "Initializer", Initializer.class),
          new Kind("Regularizers", "Regularizer", Regularizer.class),
          new Kind("Constraints", "Constraint", Constraint.class));

  private static final Set<String> RESULTS =
      Set.of("output", "value", "values", "after_each_step", "drawn", "mixed_images", "outputs");

  /** All cases of goldens, in whatever file. */
  private static final List<JsonNode> CASES = cases();

  private static List<JsonNode> cases() {
    try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "golden"))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".json") || name.endsWith(".json.gz"))
          .sorted()
          .flatMap(name -> objects(Golden.read(name.replaceFirst("\\.gz$", ""))))
          .filter(json -> RESULTS.stream().anyMatch(json::has))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<JsonNode> objects(JsonNode json) {
    Stream<JsonNode> inner = Golden.items(json).stream().flatMap(VocabularyTest::objects);
    return json.isObject() ? Stream.concat(Stream.of(json), inner) : inner;
  }

  private static Collection<String> there(Kind kind) {
    return Registry.standard().catalog().names(kind.type());
  }

  private static List<String> names(String kind) {
    return KERAS.get(kind).valueStream().map(JsonNode::asText).toList();
  }

  private static List<JsonNode> goldens(String className) {
    return CASES.stream()
        .filter(json -> json.path("class_name").asText().equals(className))
        .toList();
  }

  @Test
  void everyClassIsThereOrRefusedOnPurpose() {
    Set<String> neither = new TreeSet<>();
    for (Kind kind : KINDS) {
      Collection<String> there = there(kind);
      for (String name : names(kind.name())) {
        boolean absent = REFUSED.containsKey(name) || NOT_YET.contains(name);
        if (there.contains(name) == absent) {
          neither.add(name);
        }
      }
    }
    assertEquals(Set.of(), neither);
  }

  @Test
  void everyActivationFunctionIsThere() {
    Set<String> missing = new TreeSet<>(names("Activation"));
    Stream.of(ActivationFunction.values())
        .forEach(each -> missing.remove(each.name().toLowerCase(Locale.ROOT)));
    // Other names of silu and hard_silu; a threshold needs arguments, which a name cannot have.
    missing.removeAll(Set.of("swish", "hard_swish", "threshold"));
    assertEquals(Set.of(), missing);
  }

  @Test
  void theDocumentSaysWhatIsThere() throws IOException {
    String document = document();
    Path made = Files.createDirectories(Path.of("target")).resolve("vocabulary.md");
    Files.writeString(made, document);
    assertEquals(document, Files.readString(DOCUMENT), "copy " + made + " to " + DOCUMENT);
  }

  private static String document() {
    List<String> lines = new ArrayList<>();
    lines.add("# Vocabulary");
    lines.add("");
    lines.add(
        "Every class of Keras "
            + KERAS.get("keras").asText()
            + " that a model file may name. `VocabularyTest` writes this page and fails where it is not true.");
    lines.add("");
    lines.add(
        "**read**, **written**: from and to Keras' files. **trained**: its gradients, or what a training with it reports, equal Keras';"
            + " a dash where there is nothing to train. **goldens**: how many calls are compared with numbers of Keras.");
    for (Kind kind : KINDS) {
      lines.addAll(table(kind));
    }
    lines.addAll(List.of("", "## Activations", ""));
    lines.add(
        String.join(", ", names("Activation").stream().map(name -> "`" + name + "`").toList())
            + ".");
    return String.join("\n", lines) + "\n";
  }

  private static List<String> table(Kind kind) {
    Collection<String> there = there(kind);
    List<String> names = names(kind.name());
    long found = names.stream().filter(there::contains).count();
    List<String> lines = new ArrayList<>();
    lines.addAll(List.of("", "## " + kind.title(), ""));
    lines.add(found + " of " + names.size() + ".");
    lines.addAll(
        List.of(
            "",
            "| class | read | written | trained | goldens |",
            "| --- | --- | --- | --- | --- |"));
    for (String name : names) {
      List<JsonNode> goldens = goldens(name);
      List<String> cells =
          there.contains(name)
              ? List.of("yes", "yes", trained(kind, goldens), String.valueOf(goldens.size()))
              : List.of(absent(name), "", "", "");
      lines.add("| `" + name + "` | " + String.join(" | ", cells) + " |");
    }
    return lines;
  }

  private static String absent(String name) {
    return NOT_YET.contains(name) ? "not yet" : "refused: " + REFUSED.getOrDefault(name, "?");
  }

  private static String trained(Kind kind, List<JsonNode> goldens) {
    boolean differentiated =
        goldens.stream()
            .anyMatch(
                json ->
                    Arrays.asList("upstream_grad", "grad_inputs", "gradient", "after_each_step")
                        .stream()
                        .anyMatch(json::has));
    return kind.type() != Layer.class || differentiated ? "yes" : "–";
  }
}
