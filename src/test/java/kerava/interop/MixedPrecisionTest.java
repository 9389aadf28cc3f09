package kerava.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kerava.Labels;
import kerava.Model;
import kerava.OptimizerState;
import kerava.StoredModel;
import kerava.WeightSpec;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Pass;
import kerava.graph.SessionOptions;
import kerava.graph.Tensors;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.saving.KerasArchive;
import kerava.saving.SavedModels;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A network of most kinds of layers under Keras' mixed policies, read from Python's archive,
 * predicts, differentiates and trains as it does there: see {@code tools/golden}.
 *
 * <p>Distances are counted in roundings of the policy's type: half of 2⁻⁷ of the largest number of
 * a tensor in bfloat16, of 2⁻¹⁰ in float16.
 */
final class MixedPrecisionTest {
  private static final String GOLDEN = "mixed_precision.h5";
  private static final String COUNTER = "loss_scale_optimizer/step_counter";
  private static final String SCALE = "loss_scale_optimizer/dynamic_scale";
  private static final Map<String, Double> ROUNDING =
      Map.of("mixed_bfloat16", Math.scalb(1.0, -8), "mixed_float16", Math.scalb(1.0, -11));

  @ParameterizedTest
  @CsvSource({"mixed_bfloat16, t0, before", "mixed_float16, t0, before"})
  void predictsAsInPython(String policy, String when, String golden) throws IOException {
    StoredModel stored = KerasArchive.read(KerasFixtures.file(policy + "_" + when + ".keras"));
    Array expected = KerasFixtures.numbers(GOLDEN, policy + "/predict_" + golden);
    Array found =
        Predictions.of(stored.model(), stored.weights(), KerasFixtures.numbers(GOLDEN, "x"));
    assertTrue(roundings(policy, expected, found) < 4);
  }

  /**
   * Deep down a rounding decides which of two numbers is the larger, and a gradient jumps: Keras
   * itself, on a CPU with AVX-512 and on one without, gives bfloat16 gradients up to 22 roundings
   * apart. Both are therefore held to the exact gradient, that of float32.
   */
  @ParameterizedTest
  @CsvSource({"mixed_bfloat16", "mixed_float16"})
  void differentiatesAsNearlyAsPython(String policy) throws IOException {
    StoredModel stored = KerasArchive.read(KerasFixtures.file(policy + "_t0.keras"));
    for (Map.Entry<String, Array> gradient : gradients(stored).entrySet()) {
      String name = "/gradients/" + gradient.getKey();
      Array exact = KerasFixtures.numbers(GOLDEN, "float32" + name);
      double keras = roundings(policy, exact, KerasFixtures.numbers(GOLDEN, policy + name));
      double kerava = roundings(policy, exact, gradient.getValue());
      assertTrue(kerava <= Math.max(3, 2 * keras), name + " " + kerava + ", Keras " + keras);
    }
  }

  @Test
  void trainsInBfloat16AsInPython() throws IOException {
    try (Trainer trainer = trainer("mixed_bfloat16_t0.keras")) {
      assertTrue(trainer.settings().optimizer().lossScaling().isEmpty());
      float[] losses = KerasFixtures.numbers(GOLDEN, "mixed_bfloat16/losses").floats();
      for (float loss : losses) {
        assertEquals(loss, step(trainer), 4 * ROUNDING.get("mixed_bfloat16"));
      }
      Array expected = KerasFixtures.numbers(GOLDEN, "mixed_bfloat16/predict_after");
      double apart = roundings("mixed_bfloat16", expected, trainer.predict(batch()));

      assertTrue(apart < 16, () -> apart + " roundings");
    }
  }

  @Test
  void scalesTheLossOfFloat16AsInPython() throws IOException {
    try (Trainer trainer = trainer("mixed_float16_t0.keras")) {
      Array scales = KerasFixtures.numbers(GOLDEN, "mixed_float16/scales");
      float[] losses = KerasFixtures.numbers(GOLDEN, "mixed_float16/losses").floats();
      for (int i = 0; i < losses.length; i++) {
        assertEquals(losses[i], step(trainer), 4 * ROUNDING.get("mixed_float16"), "loss " + i);
        OptimizerState state = trainer.state().optimizer();
        assertEquals(scales.floats()[3 * i], state.slots().get(SCALE).floats()[0], "scale " + i);
        assertEquals(scales.floats()[3 * i + 1], state.slots().get(COUNTER).floats()[0]);
        assertEquals(scales.floats()[3 * i + 2], (float) state.iterations());
      }
      Array expected = KerasFixtures.numbers(GOLDEN, "mixed_float16/predict_after");
      double apart = roundings("mixed_float16", expected, trainer.predict(batch()));
      assertTrue(apart < 16, () -> apart + " roundings");
    }
  }

  @ParameterizedTest
  @CsvSource({"mixed_bfloat16, t3", "mixed_float16, t8"})
  @EnabledIfPython
  void runsInPythonAsASavedModel(String policy, String when, @TempDir Path folder)
      throws Exception {
    StoredModel stored = KerasArchive.read(KerasFixtures.file(policy + "_" + when + ".keras"));
    Path version = SavedModels.export(stored.model(), stored.weights(), folder.resolve("model"));
    PythonReference reference =
        new PythonReference(version, folder.resolve("answers"))
            .give("x", KerasFixtures.numbers(GOLDEN, "x"));
    PythonReference.run("run_savedmodel.py", reference);
    for (String what : List.of("input", "output")) {
      assertEquals("float32", reference.report().get(what).asText());
    }
    for (String what : List.of("variables", "gradients")) {
      assertEquals("[\"float32\"]", reference.report().get(what).toString());
    }
    Array expected = KerasFixtures.numbers(GOLDEN, policy + "/predict_after");
    double apart = roundings(policy, expected, reference.numbers("predictions"));
    assertTrue(apart < 4, () -> apart + " roundings");
  }

  private static Trainer trainer(String name) throws IOException {
    StoredModel stored = KerasArchive.read(KerasFixtures.file(name));
    Trainer trainer =
        Trainer.compile(stored.model(), stored.settings().orElseThrow(), TrainerOptions.defaults());
    trainer.restore(stored.weights());
    return trainer;
  }

  private static Dataset batch() {
    return Dataset.of(KerasFixtures.numbers(GOLDEN, "x"), KerasFixtures.integers(GOLDEN, "y"));
  }

  private static double step(Trainer trainer) {
    History history = trainer.fit(batch(), Fit.epochs(1).batchSize(16).shuffle(false));
    return history.get("loss").get(0);
  }

  private static Map<String, Array> gradients(StoredModel stored) {
    Model model = stored.model();
    try (Network network = Network.create(0)) {
      Operand<TFloat32> x =
          network.tf().placeholder(TFloat32.class, Placeholder.shape(model.inputShape()));
      Operand<TInt32> y = network.tf().constant(KerasFixtures.integers(GOLDEN, "y").ints());
      Pass pass = network.pass("train", Mode.TRAIN);
      Operand<TFloat32> each =
          SparseCategoricalCrossentropy.of()
              .perSample(network.tf(), Labels.classes(y), model.build(pass, x));
      Operand<TFloat32> loss = network.tf().math.mean(each, network.tf().constant(0));
      Map<String, Operand<TFloat32>> reads = new HashMap<>();
      pass.reads().forEach((variable, read) -> reads.put(variable.name(), read));
      List<String> names = model.trainableWeights().stream().map(WeightSpec::name).toList();
      List<Operand<TFloat32>> gradients =
          network.gradients(loss, names.stream().map(reads::get).toList());
      try (NetworkSession session = network.start(SessionOptions.on(Device.cpu()))) {
        session.write(stored.weights());
        Session.Runner runner = session.session().runner();
        gradients.forEach(runner::fetch);
        Map<String, Array> found = new HashMap<>();
        try (Tensor in = Tensors.of(KerasFixtures.numbers(GOLDEN, "x"));
            Result result = runner.feed(x, in).run()) {
          for (int i = 0; i < names.size(); i++) {
            found.put(names.get(i), Tensors.array(result.get(i)));
          }
        }
        return found;
      }
    }
  }

  /** How far two tensors are apart, in roundings of the largest number. */
  private static double roundings(String policy, Array expected, Array found) {
    assertEquals(expected.shape(), found.shape());
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < expected.size(); i++) {
      assertTrue(Float.isFinite(found.floats()[i]));
      largest = Math.max(largest, Math.abs(expected.floats()[i]));
      worst = Math.max(worst, Math.abs((double) expected.floats()[i] - found.floats()[i]));
    }
    return worst / (largest * ROUNDING.get(policy));
  }
}
