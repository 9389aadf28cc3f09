package kerava.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kerava.BatchTransform;
import kerava.CompileSettings;
import kerava.Layer;
import kerava.Loss;
import kerava.Metric;
import kerava.Model;
import kerava.NamedLayer;
import kerava.Optimizer;
import kerava.OutputSettings;
import kerava.config.Codec;
import kerava.data.Dataset;

/**
 * What the numbers of a run follow from, beside the data themselves: two runs of equal plans on the
 * same data give the same weights.
 *
 * @param json by name, in an order that is read from the greatest difference to the smallest
 */
record RunPlan(ObjectNode json) {
  private static final Codec<Layer> LAYER = Codec.object(Layer.class);

  static RunPlan of(Trainer trainer, Fit fit, Dataset data) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("model", model(trainer.model()));
    json.put("preprocessing", trainer.model().preprocessing().toString());
    CompileSettings settings = trainer.settings();
    json.set("optimizer", Codec.object(Optimizer.class).write(settings.optimizer()));
    settings.of(trainer.model()).forEach((name, output) -> put(json, name, output));
    json.set(
        "transforms",
        Codec.list(Codec.object(BatchTransform.class)).write(trainer.options().transforms()));
    json.put("gradient factors", trainer.options().gradientFactors().toString());
    List<String> shapes =
        data.inputColumns().stream().map(column -> String.valueOf(column.shape())).toList();
    json.put("samples", data.size() + " of shape " + String.join(", ", shapes));
    json.put("batch size", fit.batchSize());
    json.put("seed", trainer.options().seed());
    json.put("replicas", trainer.options().replicas());
    json.put("shuffle", fit.shuffle());
    json.put("alternate flips", fit.alternateFlips());
    json.put("shuffle buffer", fit.shuffleBuffer());
    json.put("validation split", fit.validationSplit());
    json.put("class weights", new TreeMap<>(fit.classWeights()).toString());
    json.put("sample weights", weights(fit.sampleWeights()));
    return new RunPlan(json);
  }

  private static void put(ObjectNode json, String name, OutputSettings output) {
    ObjectNode one = json.putObject("settings of " + name);
    output.loss().ifPresent(loss -> one.set("loss", Codec.object(Loss.class).write(loss)));
    one.put("loss weight", output.lossWeight());
    one.set("metrics", Codec.list(Metric.codec()).write(output.metrics()));
    one.set("weighted metrics", Codec.list(Metric.codec()).write(output.weightedMetrics()));
  }

  private static String weights(Map<String, float[]> weights) {
    Map<String, Integer> numbers = new TreeMap<>();
    weights.forEach((output, values) -> numbers.put(output, Arrays.hashCode(values)));
    return numbers.toString();
  }

  private static JsonNode model(Model model) {
    ArrayNode steps = JsonNodeFactory.instance.arrayNode();
    for (NamedLayer named : model.layersWithInputs()) {
      ObjectNode one = steps.addObject();
      one.put("name", named.name());
      one.set("layer", LAYER.write(named.layer()));
      one.put("calls", named.calls().toString());
    }
    return steps;
  }

  /** In which way another plan differs, in words; empty if it is equal. */
  Optional<String> difference(RunPlan other) {
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      JsonNode theirs = other.json.path(entry.getKey());
      if (!theirs.toString().equals(entry.getValue().toString())) {
        boolean shown = theirs.isValueNode() && entry.getValue().isValueNode();
        return Optional.of(
            shown
                ? "with %s %s, not %s".formatted(entry.getKey(), theirs, entry.getValue())
                : "with another " + entry.getKey());
      }
    }
    return Optional.empty();
  }
}
