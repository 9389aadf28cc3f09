package kerava.saving;

import static kerava.interop.Near.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kerava.DTypePolicy;
import kerava.Labels;
import kerava.Model;
import kerava.StoredModel;
import kerava.graph.Array;
import kerava.interop.EnabledIfPython;
import kerava.interop.KerasFixtures;
import kerava.interop.Predictions;
import kerava.interop.PythonReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/**
 * Python goes on with what went through Kerava as it goes on with its own file, and Kerava reads
 * what Python then saves.
 */
@EnabledIfPython
final class PythonGoesOnTest {
  private static final int BATCH = 8;
  private static final int STEPS = 3;

  @TempDir Path folder;

  /** One file of Python's, and the same once Kerava has read and written it. */
  private record Pair(
      String name, StoredModel stored, PythonReference python, PythonReference java) {}

  @Test
  void asIfItHadNeverBeenInJava() throws Exception {
    List<Pair> pairs = new ArrayList<>();
    for (String name :
        List.of(
            "seed_t3.keras",
            "miniresnet_t3.keras",
            "keras3_nested.keras",
            "keras3_nested_end.keras",
            "keras3_shared.keras",
            "keras3_functional.keras",
            "keras3_adamw_cosine_ema.keras",
            "mixed_bfloat16_t3.keras",
            "mixed_float16_t8.keras",
            "keras3_sequence.keras",
            "keras3_volume.keras",
            "keras3_attention.keras")) {
      pairs.add(pair(name));
    }
    List<PythonReference> cases = new ArrayList<>();
    pairs.forEach(pair -> cases.addAll(List.of(pair.python(), pair.java())));
    PythonReference.run("continue_training.py", cases.toArray(PythonReference[]::new));
    for (Pair pair : pairs) {
      compare(pair);
    }
  }

  private Pair pair(String name) throws IOException {
    StoredModel stored = KerasArchive.read(KerasFixtures.file(name));
    Path written = folder.resolve("java_" + name);
    KerasArchive.write(stored, written);
    return new Pair(
        name,
        stored,
        questions(
            stored, new PythonReference(KerasFixtures.file(name), folder.resolve(name + ".p"))),
        questions(stored, new PythonReference(written, folder.resolve(name + ".j"))));
  }

  private static PythonReference questions(StoredModel stored, PythonReference reference)
      throws IOException {
    return reference
        .give("x", inputs(stored.model().inputShape()))
        .give("y", labels(stored))
        .give("steps", String.valueOf(STEPS));
  }

  private static Array inputs(Shape shape) {
    Random random = new Random(5);
    float[] values = new float[Math.toIntExact(BATCH * shape.tail().size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    long[] dimensions = shape.asArray();
    dimensions[0] = BATCH;
    return Array.of(values, dimensions);
  }

  private static Array labels(StoredModel stored) {
    int classes = Math.toIntExact(stored.model().outputShape().get(1));
    boolean numbers = stored.settings().orElseThrow().loss().labels() == Labels.Kind.CLASSES;
    int[] labels = new int[BATCH];
    float[] targets = new float[BATCH * classes];
    for (int i = 0; i < BATCH; i++) {
      labels[i] = i % classes;
      targets[i * classes + labels[i]] = 1;
    }
    return numbers ? Array.of(labels, BATCH) : Array.of(targets, BATCH, classes);
  }

  private static void compare(Pair pair) throws IOException {
    JsonNode python = pair.python().report();
    JsonNode java = pair.java().report();
    String name = pair.name();
    assertEquals("[]", java.get("warnings").toString(), name);
    for (String key : List.of("class", "compiled", "optimizer", "iterations", "iterations_after")) {
      assertEquals(python.get(key), java.get(key), name + " " + key);
    }
    assertEquals(python.get("slots").size(), java.get("slots").size(), name);
    for (int i = 0; i < python.get("weights").size(); i++) {
      assertEquals(
          pair.python().numbers("weights_" + i), pair.java().numbers("weights_" + i), name);
    }
    for (int i = 0; i < python.get("slots").size(); i++) {
      assertEquals(pair.python().numbers("slots_" + i), pair.java().numbers("slots_" + i), name);
    }
    assertNear(pair.python().numbers("predictions"), pair.java().numbers("predictions"), 1e-6);
    assertNear(pair.python().numbers("losses"), pair.java().numbers("losses"), 1e-6);

    Array x = pair.java().numbers("x");
    StoredModel before = pair.stored();
    assertNear(
        pair.python().numbers("predictions"),
        Predictions.of(before.model(), before.weights(), x),
        near(before.model()));
    StoredModel after = KerasArchive.read(pair.java().file("trained.keras"));
    assertEquals(
        java.get("iterations_after").asLong(), after.optimizer().orElseThrow().iterations(), name);
    assertNear(
        pair.java().numbers("trained_predictions"),
        Predictions.of(after.model(), after.weights(), x),
        near(after.model()));
  }

  /** Four roundings of probabilities, where they are computed in 16 bits. */
  private static double near(Model model) {
    return model.policies().contains(DTypePolicy.MIXED_BFLOAT16)
        ? 4 * Math.scalb(1.0, -8)
        : model.policies().contains(DTypePolicy.MIXED_FLOAT16) ? 4 * Math.scalb(1.0, -11) : 1e-5;
  }
}
