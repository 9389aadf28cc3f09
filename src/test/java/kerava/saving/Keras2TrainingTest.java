package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import kerava.StoredModel;
import kerava.TrainingState;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.interop.KerasFixtures;
import kerava.train.Fit;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.Test;

/**
 * Trainings that tools/golden/keras2_training.py broke off with Keras 2 go on here as they went on
 * there, or it is said what of them was left out.
 *
 * <p>A few of them are kept beside the tests. The variable KERAVA_KERAS2_TRAINING names a folder
 * with more.
 */
final class Keras2TrainingTest {
  private static final double MOST = 1e-5;

  private final Map<String, List<String>> found = new TreeMap<>();

  private static Path folder() {
    String named = System.getenv("KERAVA_KERAS2_TRAINING");
    return named == null ? KerasFixtures.file("keras2_training") : Path.of(named);
  }

  @Test
  void goOnAsInPython() throws IOException {
    try (HdfFile golden = new HdfFile(folder().resolve("training.h5"))) {
      for (Map.Entry<String, Node> model : golden.getChildren().entrySet()) {
        Group group = (Group) model.getValue();
        look(model.getKey() + ".h5", group, KerasH5::read);
        look(model.getKey() + ".keras", group, KerasArchive::read);
        look(model.getKey(), group, SavedModels::read);
      }
    }
    StringBuilder text = new StringBuilder();
    found.forEach((what, files) -> files.forEach(f -> text.append(what + ": " + f + "\n")));
    Files.writeString(Path.of("target", "keras2_training.txt"), text);
    assertEquals(List.of(), found.getOrDefault("wrong", List.of()));
  }

  private interface Reader {
    StoredModel read(Path file) throws IOException;
  }

  private void look(String name, Group golden, Reader reader) throws IOException {
    Path file = folder().resolve(name);
    if (Files.exists(file)) {
      StoredModel stored;
      try {
        stored = reader.read(file);
      } catch (IOException e) {
        found.computeIfAbsent("wrong", key -> new ArrayList<>()).add(e.getMessage());
        return;
      }
      List<String> remarks = stored.card().remarks();
      boolean whole = stored.settings().isPresent() && stored.optimizer().isPresent();
      String apart = whole ? goOn(stored, golden) : "";
      String what = !apart.isEmpty() && remarks.isEmpty() ? "wrong" : whole ? "equal" : "partly";
      // Keras 2 itself writes no state of its old optimizers into such archives.
      boolean none = name.startsWith("old_") && name.endsWith(".keras");
      what = !whole && remarks.isEmpty() && !none ? "wrong" : what;
      what = what.equals("equal") && !remarks.isEmpty() ? "remarked" : what;
      found.computeIfAbsent(what, key -> new ArrayList<>()).add(name + " " + apart + remarks);
    }
  }

  private static String goOn(StoredModel stored, Group golden) {
    Map<String, Array> numbers = new LinkedHashMap<>();
    collect(golden, "", numbers);
    Array x = Objects.requireNonNull(numbers.get("x"));
    Array y = Objects.requireNonNull(numbers.get("y"));
    TrainerOptions options =
        TrainerOptions.defaults().withSeed(1).withDevice(Device.cpu()).withReplicas(1);
    try (Trainer trainer =
        Trainer.compile(stored.model(), stored.settings().orElseThrow(), options)) {
      trainer.restore(new TrainingState(stored.weights(), stored.optimizer().orElseThrow()));
      Fit once = Fit.epochs(1).batchSize(8).shuffle(false);
      trainer.fit(kerava.data.Dataset.of(x, labels(y)), once);
      return apart(trainer.weights(), numbers);
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Array labels(Array y) {
    if (y.shape().get(1) > 1) {
      return y;
    }
    int[] classes = new int[y.size()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (int) y.floats()[i];
    }
    return Array.of(classes, classes.length);
  }

  private static String apart(Weights weights, Map<String, Array> numbers) {
    StringBuilder apart = new StringBuilder();
    for (String name : weights.names()) {
      Array expected = Objects.requireNonNull(numbers.get("after/" + name), name);
      double worst = 0;
      for (int i = 0; i < expected.size(); i++) {
        double difference = Math.abs(expected.floats()[i] - weights.get(name).floats()[i]);
        worst = difference <= worst ? worst : difference;
      }
      if (!(worst <= MOST)) {
        apart.append(name + " is " + worst + " apart ");
      }
    }
    return apart.toString();
  }

  private static void collect(Group group, String path, Map<String, Array> numbers) {
    group
        .getChildren()
        .forEach(
            (key, node) -> {
              if (node instanceof Dataset dataset) {
                numbers.put(
                    path + key,
                    Array.of((float[]) dataset.getDataFlat(), dataset.getDimensionsAsLong()));
              } else if (node instanceof Group inner) {
                collect(inner, path + key + "/", numbers);
              }
            });
  }
}
