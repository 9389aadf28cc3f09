package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import kerava.Model;
import kerava.StoredModel;
import kerava.graph.Array;
import kerava.interop.KerasFixtures;
import kerava.interop.Predictions;
import org.junit.jupiter.api.Test;

/**
 * Models that tools/golden/keras2_models.py wrote with Keras 2, in each of its formats, predict
 * what they predicted there, or are refused.
 *
 * <p>A few of them are kept beside the tests. The variable KERAVA_KERAS2_MODELS names a folder with
 * more.
 */
final class Keras2ModelsTest {
  private static final double MOST = 1e-5;

  /** What became of each file, by what became of it. */
  private final Map<String, List<String>> found = new TreeMap<>();

  private static Path folder() {
    String named = System.getenv("KERAVA_KERAS2_MODELS");
    return named == null ? KerasFixtures.file("keras2_models") : Path.of(named);
  }

  @Test
  void predictWhatTheyPredictedInPython() throws IOException {
    try (HdfFile golden = new HdfFile(folder().resolve("predictions.h5"))) {
      for (Map.Entry<String, ?> model : golden.getChildren().entrySet()) {
        if (model.getValue() instanceof Group group) {
          look(model.getKey(), group);
        }
      }
    }
    Files.writeString(Path.of("target", "keras2_models.txt"), text());
    assertEquals(List.of(), found.getOrDefault("wrong", List.of()));
    if (System.getenv("KERAVA_KERAS2_MODELS") == null) {
      assertEquals(List.of(), found.getOrDefault("refused", List.of()));
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    found.forEach((what, files) -> files.forEach(f -> text.append(what + ": " + f + "\n")));
    return text.toString();
  }

  private void look(String name, Group golden) {
    look(name + ".h5", golden, file -> KerasH5.read(file));
    look(name + ".keras", golden, file -> KerasArchive.read(file));
    look(name, golden, file -> SavedModels.read(file));
    look(
        name + "_weights.h5",
        golden,
        file -> {
          StoredModel whole = KerasH5.read(folder().resolve(name + ".h5"));
          return StoredModel.of(whole.model(), WeightsFile.read(whole.model(), file))
              .remarked(whole.card().remarks());
        });
  }

  private interface Reader {
    StoredModel read(Path file) throws IOException;
  }

  private void look(String name, Group golden, Reader reader) {
    Path file = folder().resolve(name);
    if (!Files.exists(file)) {
      return;
    }
    String says = " [Keras 3 " + golden.getAttribute("keras3").getData() + "]";
    try {
      StoredModel stored = reader.read(file);
      String verdict = compare(stored, golden);
      boolean said = !stored.card().remarks().isEmpty();
      String what = verdict.isEmpty() ? "equal" : said ? "other, and said" : "wrong";
      found
          .computeIfAbsent(what, key -> new ArrayList<>())
          .add(name + " " + verdict + stored.card().remarks() + says);
    } catch (IOException | IllegalArgumentException e) {
      found.computeIfAbsent("refused", key -> new ArrayList<>()).add(e.getMessage() + says);
    } catch (RuntimeException e) {
      found.computeIfAbsent("wrong", key -> new ArrayList<>()).add(name + " " + e + says);
    }
  }

  private static String compare(StoredModel stored, Group golden) {
    Model model = stored.model();
    Map<String, Array> y = numbers(golden, "y");
    Map<String, Array> y3 = golden.getChild("y3") == null ? y : numbers(golden, "y3");
    if (!new TreeSet<>(model.outputNames()).equals(new TreeSet<>(y.keySet()))) {
      return "has outputs " + model.outputNames() + " not " + y.keySet();
    }
    Map<String, Array> x = numbers(golden, "x");
    List<Array> given =
        Predictions.of(
            model,
            stored.weights(),
            model.inputNames().stream().map(n -> Objects.requireNonNull(x.get(n), n)).toList());
    StringBuilder wrong = new StringBuilder();
    for (int i = 0; i < given.size(); i++) {
      String name = model.outputNames().get(i);
      double two = apart(given.get(i), Objects.requireNonNull(y.get(name)));
      double three = apart(given.get(i), Objects.requireNonNull(y3.get(name)));
      if (Math.min(two, three) > MOST) {
        wrong.append(name + " is " + two + " and " + three + " apart");
      }
    }
    return wrong.toString();
  }

  private static double apart(Array expected, Array given) {
    if (!expected.shape().equals(given.shape())) {
      return Double.POSITIVE_INFINITY;
    }
    double apart = 0;
    for (int i = 0; i < given.size(); i++) {
      double e = expected.floats()[i];
      double g = given.floats()[i];
      double one = Math.abs(e - g) / Math.max(1, Math.abs(e));
      // Not a number is near to nothing but itself.
      apart = one <= apart || (Double.isNaN(e) && Double.isNaN(g)) ? apart : one;
      apart = Double.isNaN(one) && !(Double.isNaN(e) && Double.isNaN(g)) ? 9e9 : apart;
    }
    return apart;
  }

  private static Map<String, Array> numbers(Group golden, String name) {
    Map<String, Array> numbers = new LinkedHashMap<>();
    ((Group) golden.getChild(name))
        .getChildren()
        .forEach(
            (key, node) -> {
              Dataset dataset = (Dataset) node;
              numbers.put(
                  key, Array.of((float[]) dataset.getDataFlat(), dataset.getDimensionsAsLong()));
            });
    return numbers;
  }
}
