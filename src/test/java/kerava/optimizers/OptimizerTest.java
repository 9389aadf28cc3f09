package kerava.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import kerava.LearningRate;
import kerava.Optimizer;
import kerava.Schedule;
import kerava.Slot;
import kerava.WeightSpec;
import kerava.config.Catalog;
import kerava.config.Codec;
import kerava.config.ConfigException;
import kerava.config.Schema;
import kerava.config.Source;
import kerava.initializers.Zeros;
import kerava.optimizers.schedules.CosineDecay;
import kerava.optimizers.schedules.ScheduleSchemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** What optimizers accept, remember and refuse. */
final class OptimizerTest {
  private static final Catalog CATALOG =
      Catalog.empty()
          .with(Optimizer.class, OptimizerSchemas.all())
          .with(Schedule.class, ScheduleSchemas.all());

  static List<? extends Schema<? extends Optimizer>> schemas() {
    // Those that stand around others have no rate and no clipping of their own.
    return OptimizerSchemas.all().stream()
        .filter(schema -> !schema.equals(LossScaleOptimizer.SCHEMA))
        .filter(schema -> !schema.equals(MultiOptimizer.SCHEMA))
        .toList();
  }

  private static Optimizer read(String json) {
    try {
      return Codec.object(Optimizer.class)
          .read(
              Source.root(
                  new com.fasterxml.jackson.databind.ObjectMapper().readTree(json), CATALOG));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void refusesTwoWaysOfClipping(Schema<? extends Optimizer> schema) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.put("clipnorm", 1.0).put("clipvalue", 0.5);
    String message =
        assertThrows(ConfigException.class, () -> schema.read(Source.root(config, Catalog.empty())))
            .getMessage();
    assertTrue(message.contains("clipnorm, clipvalue"), message);
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void goesByItsClassNameInLowerCase(Schema<? extends Optimizer> schema) {
    assertEquals(
        schema, read('"' + schema.className().toLowerCase(java.util.Locale.ROOT) + '"').schema());
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void takesAnotherRate(Schema<? extends Optimizer> schema) {
    Optimizer optimizer = schema.create(schema.config());
    Optimizer changed = optimizer.withLearningRate(LearningRate.of(0.25));
    assertEquals(LearningRate.of(0.25), changed.learningRate());
    assertEquals(0.25, schema.write(changed.config()).get("learning_rate").doubleValue());
  }

  @Test
  void hasKerasDefaults() {
    assertEquals(0.01, SGD.of().learningRate().initial());
    assertEquals(0.001, Adam.of().learningRate().initial());
    assertEquals(Optional.empty(), Adam.of().weightDecay());
    assertEquals(Optional.of(0.004), AdamW.of().weightDecay());
    assertEquals(Optional.of(0.1), AdamW.of().weightDecay(0.1).weightDecay());
  }

  @Test
  void refusesAdamWWithoutDecay() {
    String json = "{'class_name':'AdamW','config':{'weight_decay':null}}".replace('\'', '"');
    String message = assertThrows(ConfigException.class, () -> read(json)).getMessage();
    assertTrue(message.contains("$.config.weight_decay"), message);
  }

  @Test
  void refusesToAddUpLessThanTwoGradients() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Adam.of().gradientAccumulationSteps(1))
            .getMessage();
    assertTrue(message.contains("at least 2 or nothing, got 1."), message);
  }

  @Test
  void writesItsScheduleAsKerasDoes() {
    Adam optimizer = Adam.of().schedule(CosineDecay.of(0.1, 100));
    ObjectNode json = Adam.SCHEMA.write(optimizer.config());
    assertEquals("keras.optimizers.schedules", json.at("/learning_rate/module").textValue());
    assertEquals(optimizer, Adam.SCHEMA.read(Source.root(json, CATALOG)));
  }

  @Test
  void remembersAveragesAndSumsBeforeItsOwn() {
    List<WeightSpec> weights =
        List.of(
            WeightSpec.trained("dense/kernel", Shape.of(2, 3), Zeros.of()),
            WeightSpec.trained("dense/bias", Shape.of(3), Zeros.of()));
    Nadam optimizer = Nadam.of().ema(0.9).gradientAccumulationSteps(2);
    List<String> paths =
        optimizer.slots(weights).stream().map(slot -> slot.path(optimizer)).toList();
    assertEquals(
        List.of(
            "nadam/dense_kernel_average",
            "nadam/dense_bias_average",
            "nadam/dense_kernel_gradient_accumulator",
            "nadam/dense_bias_gradient_accumulator",
            "nadam/dense_kernel_momentum",
            "nadam/dense_kernel_velocity",
            "nadam/dense_bias_momentum",
            "nadam/dense_bias_velocity",
            "nadam/variable"),
        paths);
    assertEquals(1, optimizer.slots(weights).get(8).initial());
    assertEquals(Slot.scalar("variable", 1).as(Slot.Kind.ALONE), optimizer.slots(weights).get(8));
  }

  @Test
  void keepsOptionsInAnyOrder() {
    assertEquals(
        Adam.of().clipnorm(1).amsgrad(true).weightDecay(0.1),
        Adam.of().weightDecay(0.1).amsgrad(true).clipnorm(1));
    assertEquals(Adam.of(), Adam.of().betas(0.9, 0.999));
  }
}
