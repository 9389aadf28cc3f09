package kerava.optimizers;

import static kerava.KerasCase.assertClose;
import static kerava.layers.ActivationFunction.SOFTMAX;
import static kerava.layers.ActivationFunction.TANH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kerava.CompileSettings;
import kerava.Golden;
import kerava.Input;
import kerava.KerasCase;
import kerava.Model;
import kerava.Optimizer;
import kerava.Schedule;
import kerava.Sequential;
import kerava.TestDevice;
import kerava.WeightSpec;
import kerava.config.Catalog;
import kerava.config.Codec;
import kerava.config.Source;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.layers.Dense;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.Accuracy;
import kerava.optimizers.schedules.ScheduleSchemas;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Some steps of training with each optimizer and each schedule, as Python Keras makes them. */
@Tag(TestDevice.TAG)
final class TrainingGoldenTest {
  private static final JsonNode GOLDEN = KerasCase.file("training.json");

  /** The same model and data with the optimizers that came later, ten steps. */
  private static final JsonNode LATER = KerasCase.file("later_training.json");

  private static final Catalog CATALOG =
      Catalog.empty()
          .with(Optimizer.class, OptimizerSchemas.all())
          .with(Schedule.class, ScheduleSchemas.all());

  static List<KerasCase> trainings() {
    return Stream.of(GOLDEN, LATER)
        .flatMap(golden -> Golden.items(golden.get("trainings")).stream())
        .map(KerasCase::new)
        .toList();
  }

  @Test
  void coversEachOptimizerAndSchedule() {
    List<String> names = trainings().stream().map(KerasCase::name).toList();
    // LossScaleOptimizer has no step of its own; LossScaleTest holds it to Keras.
    OptimizerSchemas.all().stream()
        .filter(schema -> !schema.equals(LossScaleOptimizer.SCHEMA))
        .forEach(schema -> assertTrue(names.contains(schema.className()), schema.className()));
    ScheduleSchemas.all()
        .forEach(schema -> assertTrue(names.contains("SGD " + schema.className())));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void goesAsInKeras(KerasCase golden) {
    Optimizer optimizer =
        Codec.object(Optimizer.class).read(Source.root(golden.json().get("optimizer"), CATALOG));
    Model model =
        Sequential.of(Input.of(4), Dense.of(5).activation(TANH), Dense.of(3).activation(SOFTMAX));
    CompileSettings settings =
        CompileSettings.of(optimizer, SparseCategoricalCrossentropy.of(), Accuracy.of());
    int epochs = golden.json().get("history").get("loss").size();
    TrainerOptions options = TrainerOptions.defaults().withSeed(1).withDevice(TestDevice.get());
    try (Trainer trainer = Trainer.compile(model, settings, options)) {
      trainer.restore(weights(model, GOLDEN.get("start")));
      History history = trainer.fit(data(), Fit.epochs(epochs).batchSize(6).shuffle(false));
      assertSeries(golden.json().get("history").get("loss"), history.get("loss"));
      assertSeries(golden.json().get("history").get("accuracy"), history.get("accuracy"));
      Weights wanted = weights(model, golden.json().get("weights"));
      for (String name : wanted.names()) {
        assertClose(
            wanted.get(name), trainer.weights().get(name), TestDevice.tolerance(1e-5), name);
      }
    }
  }

  private static void assertSeries(JsonNode wanted, List<Double> got) {
    assertEquals(wanted.size(), got.size());
    for (int i = 0; i < wanted.size(); i++) {
      assertEquals(wanted.get(i).asDouble(), got.get(i), 2e-6, "epoch " + i);
    }
  }

  private static Dataset data() {
    float[] floats = KerasCase.array(GOLDEN.get("y")).floats();
    int[] classes = new int[floats.length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (int) floats[i];
    }
    return Dataset.of(KerasCase.array(GOLDEN.get("x")), Array.of(classes, classes.length));
  }

  private static Weights weights(Model model, JsonNode arrays) {
    Map<String, Array> weights = new LinkedHashMap<>();
    List<WeightSpec> specs = model.weights();
    for (int i = 0; i < specs.size(); i++) {
      weights.put(specs.get(i).name(), KerasCase.array(arrays.get(i)));
    }
    return Weights.of(weights);
  }
}
