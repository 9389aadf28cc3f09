package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kerava.CompileSettings;
import kerava.Loss;
import kerava.Metric;
import kerava.Model;
import kerava.OutputSettings;
import kerava.config.Codec;
import kerava.config.ConfigException;
import kerava.config.Listed;
import kerava.config.Source;
import kerava.files.Limits;

/**
 * What outputs are trained with, as Keras' JSON: a loss, a weight and metrics for the only output,
 * or lists or objects of them for several.
 *
 * @param names of the model's outputs, in its order
 * @param remarks where sentences go about what is left out
 */
record OutputSettingsJson(List<String> names, List<String> remarks) {
  private static final Codec<Loss> LOSS = Codec.object(Loss.class);
  private static final Codec<Metric> METRIC = Metric.codec();

  /** Writes what the outputs of a model are trained with. */
  static void write(ObjectNode json, CompileSettings settings, Model model) {
    Map<String, OutputSettings> outputs = settings.of(model);
    if (outputs.size() == 1) {
      writeOnly(json, outputs.values().iterator().next());
    } else {
      writeSeveral(json, outputs, model.outputStructure().hasKeys());
    }
  }

  private static void writeOnly(ObjectNode json, OutputSettings output) {
    json.set("loss", LOSS.write(output.loss().orElseThrow()));
    if (output.lossWeight() == 1) {
      json.putNull("loss_weights");
    } else {
      json.put("loss_weights", output.lossWeight());
    }
    json.set("metrics", metrics(json, output.metrics()));
    if (output.weightedMetrics().isEmpty()) {
      json.putNull("weighted_metrics");
    } else {
      json.set("weighted_metrics", metrics(json, output.weightedMetrics()));
    }
  }

  private static ArrayNode metrics(ObjectNode json, List<Metric> metrics) {
    ArrayNode array = json.arrayNode();
    metrics.forEach(metric -> array.add(METRIC.write(metric)));
    return array;
  }

  /**
   * By name, as Keras reads it for any model.
   *
   * @param partly whether Keras lets outputs out that are not trained; else they have null
   */
  private static void writeSeveral(
      ObjectNode json, Map<String, OutputSettings> outputs, boolean partly) {
    ObjectNode losses = json.putObject("loss");
    ObjectNode weights = json.objectNode();
    ObjectNode metrics = json.objectNode();
    ObjectNode weighted = json.objectNode();
    outputs.forEach(
        (name, output) -> {
          if (output.loss().isPresent() || !partly) {
            losses.set(name, output.loss().map(LOSS::write).orElseGet(json::nullNode));
            weights.put(name, output.lossWeight());
          }
          if (!output.metrics().isEmpty()) {
            metrics.set(name, metrics(json, output.metrics()));
          }
          if (!output.weightedMetrics().isEmpty()) {
            weighted.set(name, metrics(json, output.weightedMetrics()));
          }
        });
    boolean plain = outputs.values().stream().allMatch(output -> output.lossWeight() == 1);
    json.set("loss_weights", plain ? json.nullNode() : weights);
    json.set("metrics", metrics.isEmpty() ? json.nullNode() : metrics);
    json.set("weighted_metrics", weighted.isEmpty() ? json.nullNode() : weighted);
  }

  /** Reads what each output is trained with, in the model's order. */
  List<OutputSettings> read(Source source) {
    List<Optional<Loss>> losses = losses(source.field("loss"));
    List<Double> weights = weights(source.field("loss_weights"), losses);
    List<List<Metric>> metrics = metrics(source.field("metrics"), "metrics");
    List<List<Metric>> weighted = metrics(source.field("weighted_metrics"), "weighted metrics");
    List<OutputSettings> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      all.add(new OutputSettings(losses.get(i), weights.get(i), metrics.get(i), weighted.get(i)));
    }
    return all;
  }

  private List<Optional<Loss>> losses(Source source) {
    if (names.size() == 1) {
      return List.of(Optional.of(LOSS.read(single(source))));
    }
    return each(source, "a loss").stream()
        .map(one -> empty(one) ? Optional.<Loss>empty() : Optional.of(LOSS.read(one)))
        .toList();
  }

  private List<Double> weights(Source source, List<Optional<Loss>> losses) {
    Source only = single(source);
    if (losses.stream().filter(Optional::isPresent).count() == 1 && only.node().isNumber()) {
      return losses.stream().map(loss -> loss.isPresent() ? only.node().doubleValue() : 1).toList();
    }
    if (names.size() == 1) {
      if (!empty(only)) {
        throw only.refuse("a number, the weight of a single loss");
      }
      return List.of(1.0);
    }
    return each(source, "a weight of the loss").stream().map(OutputSettingsJson::weight).toList();
  }

  private static double weight(Source source) {
    if (empty(source)) {
      return 1;
    }
    if (!source.node().isNumber()) {
      throw source.refuse("a number, the weight of a loss");
    }
    return source.node().doubleValue();
  }

  private List<List<Metric>> metrics(Source source, String what) {
    if (names.size() == 1) {
      return List.of(flat(source, what));
    }
    JsonNode node = source.node();
    if (node.isArray() && node.isEmpty()) {
      return names.stream().map(name -> List.<Metric>of()).toList();
    }
    return each(source, "metrics").stream().map(one -> flat(one, what)).toList();
  }

  /**
   * What there is for each output, in the model's order: of a list, of an object by name, or one
   * for all.
   */
  private List<Source> each(Source source, String what) {
    JsonNode node = source.node();
    if (node.isArray()) {
      if (node.size() != names.size()) {
        throw source.refuse(
            what + " for each of the outputs " + Listed.of(names) + ", or an object by name");
      }
      return indices().map(source::item).toList();
    }
    if (node.isObject() && !node.has("class_name")) {
      requireKnown(source);
      return names.stream().map(source::field).toList();
    }
    return names.stream().map(name -> source).toList();
  }

  private Stream<Integer> indices() {
    return IntStream.range(0, names.size()).boxed();
  }

  private void requireKnown(Source source) {
    for (Iterator<String> keys = source.node().fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!names.contains(key)) {
        throw source.field(key).refuse("an output of the model: " + Listed.of(names));
      }
    }
  }

  private static boolean empty(Source source) {
    return source.node().isNull() || source.node().isMissingNode();
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
  private List<Metric> flat(Source source, String what) {
    JsonNode node = source.node();
    List<Metric> metrics = new ArrayList<>();
    if (node.isArray()) {
      int most = Limits.current().layers();
      if (node.size() > most) {
        throw source.refuse("at most " + most + " metrics");
      }
      for (int i = 0; i < node.size(); i++) {
        metrics.addAll(flat(source.item(i), what));
      }
    } else if (node.isObject() && !node.has("class_name") && node.size() == 1) {
      metrics.addAll(flat(source.field(node.fieldNames().next()), what));
    } else if (!empty(source)) {
      leaveOut(what, remarks, () -> metrics.add(METRIC.read(source)));
    }
    return metrics;
  }

  /** Reads something, or remarks that it was left out. */
  private static void leaveOut(String what, List<String> remarks, Runnable reading) {
    try {
      reading.run();
    } catch (ConfigException e) {
      remarks.add("Of its training the " + what + " were left out: " + e.getMessage());
    }
  }
}
