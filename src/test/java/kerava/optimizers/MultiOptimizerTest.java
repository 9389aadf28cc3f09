package kerava.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Stream;
import kerava.Input;
import kerava.LearningRate;
import kerava.Model;
import kerava.ModelLayer;
import kerava.Node;
import kerava.Optimizer;
import kerava.OptimizerShare;
import kerava.Schedule;
import kerava.Sequential;
import kerava.Slot;
import kerava.WeightSpec;
import kerava.config.Catalog;
import kerava.config.Codec;
import kerava.config.ConfigException;
import kerava.config.Source;
import kerava.initializers.Zeros;
import kerava.layers.Dense;
import kerava.losses.MeanSquaredError;
import kerava.optimizers.schedules.ScheduleSchemas;
import kerava.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tensorflow.ndarray.Shape;

/** Which optimizer takes which weight, and what cannot be said. */
final class MultiOptimizerTest {
  private static final Catalog CATALOG =
      Catalog.empty()
          .with(Optimizer.class, OptimizerSchemas.all())
          .with(Schedule.class, ScheduleSchemas.all());
  private static final Codec<Optimizer> CODEC = Codec.object(Optimizer.class);
  private static final MultiOptimizer SEVERAL =
      MultiOptimizer.of(Adam.of()).with(".+/bias", SGD.of(0.5)).with("b/kernel", SGD.of(0.5));

  private static List<WeightSpec> weights(String... names) {
    return Stream.of(names).map(name -> WeightSpec.trained(name, Shape.of(2), Zeros.of())).toList();
  }

  private static List<String> of(OptimizerShare share) {
    return share.weights().stream().map(WeightSpec::name).toList();
  }

  @Test
  void sharesByWholePaths() {
    List<OptimizerShare> shares =
        SEVERAL.shares(weights("a/kernel", "a/bias", "b/kernel", "b/kernel_2", "ab/kernel"));
    assertEquals(2, shares.size());
    assertEquals(SGD.of(0.5), shares.get(0).optimizer());
    assertEquals(List.of("a/bias", "b/kernel"), of(shares.get(0)));
    assertEquals(List.of("a/kernel", "b/kernel_2", "ab/kernel"), of(shares.get(1)));
  }

  /** As in a model that Keras read, whose paths have no names of models. */
  @Test
  void pathsHaveNoNamesOfModels() {
    Model inner = Sequential.of(Input.of(2), Dense.of(2).named("b")).named("inner");
    Node input = Input.of(2);
    Model model = Model.of(input, input.then(ModelLayer.of(inner)).then(Dense.of(1).named("a")));
    assertEquals(
        List.of("inner/b/kernel", "inner/b/bias", "a/bias"),
        of(SEVERAL.shares(model.trainableWeights()).get(0)));
  }

  @Test
  void remembersOneRateForEach() {
    List<String> slots =
        SEVERAL.slots(weights("a/kernel", "a/bias")).stream().map(Slot::name).toList();
    assertEquals(List.of("0_learning_rate", "1_learning_rate", "momentum", "velocity"), slots);
    MultiOptimizer unused = SEVERAL.with("c", Nadam.of());
    assertEquals(
        List.of("0_learning_rate", "1_learning_rate", "2_learning_rate", "momentum", "velocity"),
        unused.slots(weights("a/kernel", "a/bias")).stream().map(Slot::name).toList());
  }

  @Test
  void comesBackFromItsConfig() {
    MultiOptimizer scaled = SEVERAL.lossScaleFactor(4);
    JsonNode json = CODEC.write(scaled);
    assertEquals(scaled, CODEC.read(Source.root(json, CATALOG)));
    JsonNode map = json.get("config").get("optimizer_map");
    assertEquals("OptimizerMap", map.get("class_name").asText());
    JsonNode bias = map.get("config").get("optimizer_map").get(".+/bias");
    assertEquals(4, bias.get("config").get("loss_scale_factor").asDouble());
  }

  private static void refused(String message, Executable code) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void refusesWhatCannotBeMeant() {
    refused(
        "MultiOptimizer: expected one expression for the weight b/bias, got [.+/bias, b.*].",
        () -> SEVERAL.with("b.*", Adam.of(1)).shares(weights("b/bias")));
    refused(
        "MultiOptimizer: expected optimizers without others within, got LossScaleOptimizer.",
        () -> MultiOptimizer.of(LossScaleOptimizer.of(Adam.of())));
    refused(
        "MultiOptimizer: expected optimizers without others within, got MultiOptimizer.",
        () -> SEVERAL.with("a", SEVERAL));
    refused("Paths: expected a regular expression, got \"(\".", () -> SEVERAL.with("(", Adam.of()));
    refused(
        "MultiOptimizer: expected learning rates of the optimizers in it, got 0.5.",
        () -> SEVERAL.withLearningRate(LearningRate.of(0.5)));
    assertEquals(SEVERAL, SEVERAL.withLearningRate(LearningRate.of(0)));
  }

  @Test
  void endsExpressionsThatTakeForever() {
    MultiOptimizer slow = MultiOptimizer.of(Adam.of()).with("a*a*a*a*b", SGD.of());
    refused(
        "Paths: expected a regular expression that is soon compared, got \"a*a*a*a*b\".",
        () -> slow.shares(weights("a".repeat(600))));
  }

  private static String read(String map) throws Exception {
    JsonNode json =
        new ObjectMapper()
            .readTree(
                "{\"class_name\":\"MultiOptimizer\",\"config\":{\"optimizer_map\":" + map + "}}");
    return assertThrows(ConfigException.class, () -> CODEC.read(Source.root(json, CATALOG)))
        .getMessage();
  }

  @Test
  void refusesOtherMaps() throws Exception {
    String function = read("{\"class_name\":\"function\",\"config\":\"choose\"}");
    assertTrue(
        function.startsWith("$.config.optimizer_map: expected a Keras OptimizerMap"), function);
    String path =
        read(
            "{\"class_name\":\"OptimizerMap\",\"config\":{\"default_optimizer\":\"adam\","
                + "\"optimizer_map\":{\"(\":\"sgd\"}}}");
    assertEquals(
        "$.config.optimizer_map.config.optimizer_map.(: expected a regular expression, got \"(\".",
        path);
    StringBuilder many = new StringBuilder("\"a\":\"sgd\"");
    for (int i = 0; i < 100; i++) {
      many.append(",\"a").append(i).append("\":\"sgd\"");
    }
    String much =
        read(
            "{\"class_name\":\"OptimizerMap\",\"config\":{\"default_optimizer\":\"adam\","
                + "\"optimizer_map\":{"
                + many
                + "}}}");
    assertTrue(
        much.contains("expected an object of at most 100 paths, got an object of 101"), much);
  }

  @Test
  void itsRatesCannotBeSetAtOnce() {
    Model model = Sequential.of(Input.of(2), Dense.of(1).named("a"));
    try (Trainer trainer = Trainer.compile(model, SEVERAL, MeanSquaredError.of())) {
      String message =
          "Trainer learning rate: expected an optimizer with one for all weights, got"
              + " MultiOptimizer.";
      assertEquals(
          message,
          assertThrows(IllegalStateException.class, () -> trainer.learningRate(1)).getMessage());
      assertEquals(
          message, assertThrows(IllegalStateException.class, trainer::learningRate).getMessage());
      assertFalse(trainer.settings().optimizer().hasOneRate());
    }
  }
}
