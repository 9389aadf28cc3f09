package kerava.interop;

import static kerava.KerasCase.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kerava.CompileSettings;
import kerava.Input;
import kerava.LearningRate;
import kerava.Model;
import kerava.Node;
import kerava.Optimizer;
import kerava.StoredModel;
import kerava.TestDevice;
import kerava.TrainingState;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.layers.ActivationFunction;
import kerava.layers.Dense;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.Adafactor;
import kerava.optimizers.Adam;
import kerava.optimizers.LossScaleOptimizer;
import kerava.optimizers.MultiOptimizer;
import kerava.optimizers.Muon;
import kerava.optimizers.Nadam;
import kerava.optimizers.SGD;
import kerava.optimizers.ScheduleFreeAdamW;
import kerava.optimizers.schedules.ExponentialDecay;
import kerava.saving.KerasArchive;
import kerava.train.Fit;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Python goes on with a training that Java began, and Java takes up what Python then saves, with
 * the optimizers whose memory is not one array of each kind a weight.
 */
@EnabledIfPython
final class LaterOptimizersInKerasTest {
  private static final int STEPS = 3;
  private static final Array X = numbers(6, 4);
  private static final Array Y = Array.of(new int[] {0, 2, 1, 1, 0, 2}, 6);
  private static final Dataset DATA = Dataset.of(X, Y);

  @TempDir Path folder;

  /** One optimizer's training. */
  private record Case(
      String name, Optimizer optimizer, TrainingState begun, PythonReference python) {}

  private static Map<String, Optimizer> optimizers() {
    MultiOptimizer several =
        MultiOptimizer.of(Adam.of(0.01).globalClipnorm(0.1))
            .with("last/kernel", SGD.of(0.1).momentum(0.9).weightDecay(0.05))
            .with(".+/bias", Nadam.of().withLearningRate(decay()))
            .with("nothing", Adam.of(0.5));
    Map<String, Optimizer> all = new LinkedHashMap<>();
    all.put("adafactor", Adafactor.of(0.1));
    all.put("adafactor_scheduled", Adafactor.of().withLearningRate(decay()));
    all.put("muon", Muon.of(0.02).excludeLayers("^last/"));
    all.put("schedule_free", ScheduleFreeAdamW.of(0.05).warmupSteps(4).weightDecay(0.1));
    all.put("several", several);
    all.put("several_loss_scale", several.lossScaleFactor(8));
    all.put("scaled", LossScaleOptimizer.of(Adafactor.of(0.1)).dynamicGrowthSteps(2));
    // Keras forgets one of Nadam's variables there.
    all.put("scaled_several", LossScaleOptimizer.of(several.with(".+/bias", Muon.of(0.1))));
    return all;
  }

  private static LearningRate decay() {
    return LearningRate.of(ExponentialDecay.of(0.1, 2, 0.5));
  }

  private static Array numbers(int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((i * 7) % 13 - 6) / 6f;
    }
    return Array.of(values, rows, columns);
  }

  private static Model model() {
    Node input = Input.of(4);
    Node hidden = input.then(Dense.of(5).activation(ActivationFunction.TANH).named("first"));
    return Model.of(
        input, hidden.then(Dense.of(3).activation(ActivationFunction.SOFTMAX).named("last")));
  }

  private static Trainer trainer(Optimizer optimizer) {
    return Trainer.compile(
        model(),
        CompileSettings.of(optimizer, SparseCategoricalCrossentropy.of()),
        TrainerOptions.defaults().withSeed(3).withReplicas(1).withDevice(TestDevice.get()));
  }

  private static TrainingState trained(Trainer trainer) {
    trainer.fit(DATA, Fit.epochs(STEPS).batchSize(6).shuffle(false));
    return trainer.state();
  }

  @Test
  void goOnInPythonAndComeBack() throws Exception {
    List<Case> cases = new ArrayList<>();
    for (Map.Entry<String, Optimizer> entry : optimizers().entrySet()) {
      try (Trainer trainer = trainer(entry.getValue())) {
        TrainingState begun = trained(trainer);
        Path file = folder.resolve(entry.getKey() + ".keras");
        KerasArchive.write(
            StoredModel.of(model(), begun.weights())
                .compiled(trainer.settings(), begun.optimizer()),
            file);
        PythonReference python =
            new PythonReference(file, folder.resolve(entry.getKey()))
                .give("x", X)
                .give("y", Y)
                .give("steps", String.valueOf(STEPS));
        cases.add(new Case(entry.getKey(), entry.getValue(), begun, python));
      }
    }
    PythonReference.run(
        "continue_training.py", cases.stream().map(Case::python).toArray(PythonReference[]::new));
    for (Case one : cases) {
      compare(one);
    }
  }

  private static void compare(Case one) throws Exception {
    JsonNode report = one.python().report();
    assertEquals("[]", report.get("warnings").toString(), one.name());
    assertEquals(STEPS, report.get("iterations").asInt(), one.name());
    assertEquals(
        one.optimizer().schema().className(), report.get("optimizer").asText(), one.name());
    StoredModel python = KerasArchive.read(one.python().file("trained.keras"));
    assertEquals(List.of(), python.card().remarks(), one.name());
    assertEquals(
        words(one.optimizer()), words(python.settings().orElseThrow().optimizer()), one.name());
    try (Trainer trainer = trainer(one.optimizer())) {
      trainer.restore(one.begun());
      TrainingState java = trained(trainer);
      assertEquals(
          java.optimizer().iterations(), python.optimizer().orElseThrow().iterations(), one.name());
      assertSame(java.weights(), python.weights(), one.name());
      assertSame(java.optimizer().slots(), python.optimizer().orElseThrow().slots(), one.name());
    }
  }

  /** An optimizer's config; its rates went through single precision in Python. */
  private static String words(Optimizer optimizer) {
    return Pattern.compile("\\d+\\.\\d+(E-?\\d+)?")
        .matcher(optimizer.schema().write(optimizer.config()).toString())
        .replaceAll(number -> String.valueOf(Float.parseFloat(number.group())));
  }

  private static void assertSame(Weights java, Weights python, String name) {
    assertEquals(java.names(), python.names(), name);
    for (String weight : java.names()) {
      assertClose(
          python.get(weight), java.get(weight), TestDevice.tolerance(1e-5), name + " " + weight);
    }
  }
}
