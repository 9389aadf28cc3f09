package kerava.saving;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.Model;
import kerava.ModelLayer;
import kerava.Step;
import kerava.WeightSpec;
import kerava.config.SnakeCase;
import kerava.layers.operations.Operation;

/**
 * The order of the layers in a file, from which the places of their weights follow.
 *
 * @param names the layers as Keras' {@code model.layers} lists them
 * @param nested the order within those that are models
 */
record LayerOrder(List<String> names, Map<String, LayerOrder> nested) {
  /** The order in which Kerava writes a model. */
  static LayerOrder of(Model model) {
    Map<String, LayerOrder> nested = new HashMap<>();
    for (Step step : model.layers()) {
      if (step.layer() instanceof ModelLayer inner) {
        nested.put(step.name(), of(inner.model()));
      }
    }
    return new LayerOrder(model.layers().stream().map(Step::name).toList(), nested);
  }

  /** All weights of a model, in this order. */
  List<WeightSpec> weights(Model model) {
    Map<String, WeightSpec> specs = new HashMap<>();
    model.weights().forEach(spec -> specs.put(spec.name(), spec));
    return new ArrayList<>(paths(model).keySet()).stream().map(specs::get).toList();
  }

  /**
   * Where each weight stands in a weights file, in this order.
   *
   * <p>A group is named after its class, and counted among the groups of its model: a {@code Dense}
   * that is called "logits" stands in {@code layers/dense}.
   */
  Map<String, String> paths(Model model) {
    Map<String, String> paths = new LinkedHashMap<>();
    add(model, "", "", paths);
    return paths;
  }

  /**
   * Where a model and those within it stand in a weights file: "" and {@code layers/sequential/}.
   * Keras 3.5 wants a group {@code vars} in each, though models have no weights but their layers'.
   */
  List<String> models(Model model) {
    Map<String, String> groups = new LinkedHashMap<>();
    groups.put("", "");
    paths(model)
        .values()
        .forEach(
            place -> {
              for (int at = place.indexOf("/layers/"); at >= 0; ) {
                groups.put(place.substring(0, at + 1), "");
                at = place.indexOf("/layers/", at + 1);
              }
            });
    return List.copyOf(groups.keySet());
  }

  private void add(Model model, String owner, String group, Map<String, String> paths) {
    Map<String, Integer> counts = new HashMap<>();
    for (String name : names) {
      Step step = model.step(name);
      if (step.layer() instanceof Operation) {
        continue;
      }
      String base = SnakeCase.of(step.layer().schema().className());
      int count = counts.merge(base, 1, Integer::sum) - 1;
      String place = group + "layers/" + (count == 0 ? base : base + "_" + count);
      LayerOrder inner = nested.get(name);
      if (inner != null && step.layer() instanceof ModelLayer layer) {
        inner.add(layer.model(), owner + name + "/", place + "/", paths);
        continue;
      }
      int index = 0;
      for (WeightSpec spec : step.weights()) {
        paths.put(owner + spec.name(), place + "/vars/" + index++);
      }
    }
  }
}
