package kerava.saving;

import static kerava.interop.Near.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import kerava.DTypePolicy;
import kerava.Layer;
import kerava.Model;
import kerava.Optimizer;
import kerava.OptimizerState;
import kerava.StoredModel;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.interop.KerasFixtures;
import kerava.interop.Predictions;
import kerava.saving.json.ModelWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that versions of Python's Keras wrote: what they predicted there is predicted here. */
final class ForeignFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "predictions.h5, keras3_seed_minimal_config.keras",
    "predictions_3.3.3.h5, own_3.3.3.keras",
    "predictions_3.3.3.h5, own_3.3.3.h5",
    "predictions_3.4.1.h5, own_3.4.1.keras",
    "predictions_3.4.1.h5, own_3.4.1.h5",
    "predictions.h5, own_3.5.0.keras",
    "predictions.h5, own_3.8.0.keras",
    "predictions.h5, keras3_nested.keras",
    "predictions.h5, keras3_functional.keras",
    "predictions.h5, keras3_augment.keras",
    "predictions.h5, keras3_adamw_cosine_ema.keras",
    "predictions.h5, keras3_shared.keras",
    "predictions.h5, keras3_nested_end.keras",
    "predictions.h5, keras3_nested_end.h5",
    "predictions.h5, keras3_frozen.keras",
    "predictions.h5, keras3_seed.h5",
    "predictions.h5, keras2_seed.h5",
    "predictions.h5, keras2_functional.h5",
    "predictions_keras2.h5, keras2_nested.keras",
    "predictions_keras2.h5, keras2_nested_legacy_adam.h5",
    "predictions_keras2.h5, keras2_legacy_sgd.h5",
  })
  void predictTheSame(String golden, String name) throws IOException {
    assumeTrue(
        !name.contains("augment")
            || Registry.standard().catalog().find(Layer.class, "RandomFlip").isPresent(),
        "needs the augmentation layers");
    StoredModel stored = read(name);
    Array x = KerasFixtures.numbers(golden, name + "/x");
    Array y = KerasFixtures.numbers(golden, name + "/y");
    assertNear(y, Predictions.of(stored.model(), stored.weights(), x), 1e-5);

    Path file = folder.resolve("again.keras");
    KerasArchive.write(stored, file);
    StoredModel again = KerasArchive.read(file);
    assertEquals(ModelWriter.write(stored.model()), ModelWriter.write(again.model()));
    assertEquals(stored.weights(), again.weights());
    assertEquals(stored.settings(), again.settings());
    assertEquals(stored.optimizer(), again.optimizer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"miniresnet_t0.keras", "miniresnet_t3.keras"})
  void predictTheSameAroundTraining(String name) throws IOException {
    StoredModel stored = read(name);
    String golden = name.contains("t0") ? "predict_before" : "predict_after3";
    assertNear(
        KerasFixtures.numbers("miniresnet_train.h5", golden),
        Predictions.of(
            stored.model(), stored.weights(), KerasFixtures.numbers("miniresnet_train.h5", "x")),
        1e-5);
  }

  @Test
  void theScaleOfALossComesBackAlsoWhereTheSettingsDoNotNameIt() throws IOException {
    StoredModel stored = read("keras3_mixed_float16.keras");
    assertEquals(Set.of(DTypePolicy.FLOAT32, DTypePolicy.MIXED_FLOAT16), stored.model().policies());
    Optimizer optimizer = stored.settings().orElseThrow().optimizer();
    assertTrue(optimizer.lossScaling().isPresent(), "Keras wraps it without writing so");
    OptimizerState state = stored.optimizer().orElseThrow();
    assertEquals(2, state.iterations());
    assertEquals(2 + 8, state.slots().size());
    assertEquals(0.01f, state.learningRate().orElseThrow());
    assertEquals(32768f, state.slots().get("loss_scale_optimizer/dynamic_scale").floats()[0]);
    assertEquals(2f, state.slots().get("loss_scale_optimizer/step_counter").floats()[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "mixed_bfloat16, h5",
    "mixed_bfloat16, keras",
    "mixed_float16, h5",
    "mixed_float16, keras"
  })
  void mixedPoliciesOfKeras2(String policy, String format) throws IOException {
    StoredModel stored = read("keras2_" + policy + "." + format);
    assertEquals(2, stored.model().policies().size());
    assertTrue(stored.model().policies().contains(DTypePolicy.FLOAT32), "the softmax");
    double rounding = Math.scalb(1.0, policy.equals("mixed_float16") ? -11 : -8);
    assertNear(
        KerasFixtures.numbers("keras2_mixed_precision.h5", policy),
        Predictions.of(
            stored.model(),
            stored.weights(),
            KerasFixtures.numbers("keras2_mixed_precision.h5", "x")),
        4 * rounding);
    boolean scaled = stored.settings().orElseThrow().optimizer().lossScaling().isPresent();
    assertEquals(policy.equals("mixed_float16"), scaled);
    OptimizerState state = stored.optimizer().orElseThrow();
    assertEquals(4, state.iterations());
    assertEquals(12 + (scaled ? 2 : 0), state.slots().size());
  }

  @Test
  void theThreeFormsOfKeras2HoldTheSameWeights() throws IOException {
    StoredModel archive = read("keras2_seed.keras");
    assertEquals(archive.weights(), read("keras2_seed.h5").weights());
    assertEquals(archive.weights(), weights(archive.model(), "keras2_seed.weights.h5"));
    assertEquals(archive.weights(), weights(archive.model(), "keras2_seed.h5"));
  }

  @Test
  void optimizerStateIsReadFromEachGeneration() throws IOException {
    for (String name : List.of("keras2_seed.keras", "keras2_seed.h5", "keras3_seed.h5")) {
      OptimizerState state = read(name).optimizer().orElseThrow();
      assertTrue(state.iterations() > 0, name);
      assertEquals(20, state.slots().size(), name);
      assertEquals(0.001f, state.learningRate().orElseThrow(), name);
    }
    OptimizerState old = read("keras2_nested_legacy_adam.h5").optimizer().orElseThrow();
    assertEquals(2, old.iterations());
    assertEquals(24, old.slots().size());
    assertEquals(
        KerasFixtures.numbers(
            "keras2_nested_legacy_adam.h5", "optimizer_weights/Adam/conv2d_1/kernel/v:0"),
        old.slots().get("adam/tower_conv2d_1_kernel_velocity"));
    OptimizerState sgd = read("keras2_legacy_sgd.h5").optimizer().orElseThrow();
    assertEquals(
        KerasFixtures.numbers(
            "keras2_legacy_sgd.h5", "optimizer_weights/SGD/dense_1/kernel/momentum:0"),
        sgd.slots().get("sgd/dense_1_kernel_momentum"));
  }

  @Test
  void weightsAloneAreReadInBothFormats() throws IOException {
    StoredModel two = read("keras2_nested_legacy_adam.h5");
    assertEquals(two.weights(), weights(two.model(), "keras2_nested_weights.h5"));
    StoredModel three = read("keras3_nested_end.keras");
    assertEquals(three.weights(), weights(three.model(), "keras3_nested_end.weights.h5"));
    assertEquals(three.weights(), weights(three.model(), "keras3_nested_end.h5"));
  }

  @Test
  void saysThatAnOptimizerStateOfOtherWeightsWasLeftOut() throws IOException {
    StoredModel frozen = read("keras3_frozen.keras");
    assertTrue(frozen.optimizer().isEmpty());
    assertEquals(
        List.of(
            "The state of the optimizer was left out: expected 6 variables of Adam, got 10. Were"
                + " layers frozen after training?"),
        frozen.card().remarks());
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "rmsprop"})
  void theFirstKeras2DidNotNameAnOptimizersParts(String optimizer) throws IOException {
    StoredModel stored = read("first_keras2_" + optimizer + ".h5");
    Array x = KerasFixtures.numbers("predictions_first_keras2.h5", "x");
    Array y = KerasFixtures.numbers("predictions_first_keras2.h5", "y");
    assertNear(y, Predictions.of(stored.model(), stored.weights(), x), 1e-5);
    assertTrue(stored.settings().isPresent());
    assertTrue(stored.optimizer().isEmpty());
    assertTrue(
        stored
            .card()
            .remarks()
            .contains(
                "The state of the optimizer was left out: Keras 2.2 and before do not name its"
                    + " parts."));
  }

  private static Weights weights(Model model, String name) throws IOException {
    return WeightsFile.read(model, KerasFixtures.file(name));
  }

  private static StoredModel read(String name) throws IOException {
    Path file = KerasFixtures.file(name);
    return name.endsWith(".h5") ? KerasH5.read(file) : KerasArchive.read(file);
  }
}
