package kerava.saving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.CompileSettings;
import kerava.LearningRate;
import kerava.Loss;
import kerava.Metric;
import kerava.Optimizer;
import kerava.OptimizerState;
import kerava.config.Codec;
import kerava.config.Source;

/**
 * The compile settings of a model as Keras' JSON, in the forms of Keras 3 and 2, which must be in
 * {@link Dialect plain} form.
 */
final class CompileJson {
  private static final Codec<Optimizer> OPTIMIZER = Codec.object(Optimizer.class);
  private static final Codec<Loss> LOSS = Codec.object(Loss.class);
  private static final Codec<Metric> METRIC = Codec.object(Metric.class);

  private CompileJson() {}

  /**
   * Writes settings.
   *
   * @param state the optimizer's state, whose learning rate may no longer be that of the settings
   */
  static ObjectNode write(CompileSettings settings, Optional<OptimizerState> state) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("optimizer", OPTIMIZER.write(current(settings.optimizer(), state)));
    json.set("loss", LOSS.write(settings.loss()));
    json.putNull("loss_weights");
    ArrayNode metrics = json.putArray("metrics");
    settings.metrics().forEach(metric -> metrics.add(write(metric)));
    json.putNull("weighted_metrics");
    json.put("run_eagerly", false);
    json.put("steps_per_execution", 1);
    json.put("jit_compile", "auto");
    return json;
  }

  private static Optimizer current(Optimizer optimizer, Optional<OptimizerState> state) {
    Optional<Float> rate = state.flatMap(OptimizerState::learningRate);
    return rate.isEmpty() || rate.get() == (float) optimizer.learningRate().initial()
        ? optimizer
        : optimizer.withLearningRate(LearningRate.of(rate.get()));
  }

  private static JsonNode write(Metric metric) {
    return metric
        .shorthand()
        .<JsonNode>map(JsonNodeFactory.instance::textNode)
        .orElseGet(() -> METRIC.write(metric));
  }

  /**
   * Reads settings.
   *
   * @param source the settings
   * @param optimizer the optimizer, which Keras 2's files call otherwise
   */
  static CompileSettings read(Source source, Source optimizer) {
    refuseUnlessEmpty(source.field("weighted_metrics"), "no weighted metrics");
    refuseUnlessEmpty(source.field("loss_weights"), "no loss weights");
    List<Metric> metrics = new ArrayList<>();
    addMetrics(source.field("metrics"), metrics);
    return new CompileSettings(
        OPTIMIZER.read(optimizer), LOSS.read(single(source.field("loss"))), metrics);
  }

  /** The only member of a list or of an object that is no Keras object; else the node itself. */
  private static Source single(Source source) {
    JsonNode node = source.node();
    if (node.isArray() && node.size() == 1) {
      return single(source.item(0));
    }
    if (node.isObject() && !node.has("class_name") && node.size() == 1) {
      return single(source.field(node.fieldNames().next()));
    }
    return source;
  }

  private static void addMetrics(Source source, List<Metric> metrics) {
    JsonNode node = source.node();
    if (node.isNull()) {
      return;
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        addMetrics(source.item(i), metrics);
      }
    } else if (node.isObject() && !node.has("class_name") && node.size() == 1) {
      addMetrics(source.field(node.fieldNames().next()), metrics);
    } else {
      metrics.add(METRIC.read(source));
    }
  }

  private static void refuseUnlessEmpty(Source source, String expected) {
    if (!source.node().isNull() && !source.node().isEmpty()) {
      throw source.refuse(expected);
    }
    if (source.node().isNumber() || source.node().isTextual()) {
      throw source.refuse(expected);
    }
  }
}
