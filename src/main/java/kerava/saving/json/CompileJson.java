package kerava.saving.json;

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
import kerava.StoredModel;
import kerava.config.Codec;
import kerava.config.ConfigException;
import kerava.config.Source;
import kerava.files.Limits;

/**
 * The compile settings of a model as Keras' JSON, in the forms of Keras 3 and 2, which must be in
 * {@link ConfigMigration plain} form.
 */
public final class CompileJson {
  private static final Codec<Optimizer> OPTIMIZER = Codec.object(Optimizer.class);
  private static final Codec<Loss> LOSS = Codec.object(Loss.class);
  private static final Codec<Metric> METRIC = Metric.codec();

  private CompileJson() {}

  /**
   * Writes settings.
   *
   * @param state the optimizer's state, whose learning rate may no longer be that of the settings
   */
  public static ObjectNode write(CompileSettings settings, Optional<OptimizerState> state) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("optimizer", OPTIMIZER.write(current(settings.optimizer(), state)));
    json.set("loss", LOSS.write(settings.loss()));
    json.putNull("loss_weights");
    ArrayNode metrics = json.putArray("metrics");
    settings.metrics().forEach(metric -> metrics.add(METRIC.write(metric)));
    if (settings.weightedMetrics().isEmpty()) {
      json.putNull("weighted_metrics");
    } else {
      ArrayNode weighted = json.putArray("weighted_metrics");
      settings.weightedMetrics().forEach(metric -> weighted.add(METRIC.write(metric)));
    }
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

  /**
   * Settings that were read.
   *
   * @param settings nothing if the file asks for a loss, an optimizer or a way of training that
   *     Kerava does not have
   * @param remarks what was left out, a sentence each
   */
  public record Read(Optional<CompileSettings> settings, List<String> remarks) {
    /** Adds the remarks to a model's. */
    public StoredModel remarkOn(StoredModel stored) {
      return stored.remarked(remarks);
    }
  }

  /**
   * Reads settings. A model predicts without them, so one that asks for more than Kerava has is
   * read without what Kerava lacks, and a remark says so.
   *
   * @param source the settings
   * @param optimizer the optimizer, which Keras 2's files call otherwise
   */
  public static Read read(Source source, Source optimizer) {
    List<String> remarks = new ArrayList<>();
    try {
      Source only = single(source.field("loss"));
      if (only.node().isArray() || (only.node().isObject() && !only.node().has("class_name"))) {
        throw only.refuse("one loss, since Kerava trains models of one output");
      }
      Loss loss = LOSS.read(only);
      Optimizer read = OptimizerJson.read(optimizer, remarks);
      leaveOut("loss weights", remarks, () -> requireNoWeights(source.field("loss_weights")));
      List<Metric> metrics = metrics(source.field("metrics"), "metrics", remarks);
      List<Metric> weighted =
          metrics(source.field("weighted_metrics"), "weighted metrics", remarks);
      CompileSettings settings = new CompileSettings(read, loss, metrics, weighted);
      return new Read(Optional.of(settings), List.copyOf(remarks));
    } catch (ConfigException e) {
      return new Read(
          Optional.empty(), List.of("The settings of its training were left out: " + sentence(e)));
    }
  }

  private static void leaveOut(String what, List<String> remarks, Runnable reading) {
    try {
      reading.run();
    } catch (ConfigException e) {
      remarks.add("Of its training the " + what + " were left out: " + sentence(e));
    }
  }

  private static String sentence(ConfigException e) {
    return String.valueOf(e.getMessage());
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

  /** Those of a list, of lists within it, and of the only output where they are said by output. */
  private static List<Metric> metrics(Source source, String what, List<String> remarks) {
    JsonNode node = source.node();
    List<Metric> metrics = new ArrayList<>();
    if (node.isArray()) {
      int most = Limits.current().layers();
      if (node.size() > most) {
        throw source.refuse("at most " + most + " metrics");
      }
      for (int i = 0; i < node.size(); i++) {
        metrics.addAll(metrics(source.item(i), what, remarks));
      }
    } else if (node.isObject() && !node.has("class_name") && node.size() == 1) {
      metrics.addAll(metrics(source.field(node.fieldNames().next()), what, remarks));
    } else if (!node.isNull() && !node.isMissingNode()) {
      leaveOut(what, remarks, () -> metrics.add(METRIC.read(source)));
    }
    return metrics;
  }

  /** A single loss with weight 1 is the loss itself. */
  private static void requireNoWeights(Source weights) {
    Source only = single(weights);
    if (!(only.node().isNumber() && only.node().doubleValue() == 1)) {
      refuseUnlessEmpty(only, "no weight but 1 of a single loss");
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
