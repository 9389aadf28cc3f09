package kerava.saving.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kerava.InnerLayer;
import kerava.Inputs;
import kerava.Layer;
import kerava.Model;
import kerava.ModelLayer;
import kerava.NamedLayer;
import kerava.WeightSpec;
import kerava.config.SnakeCase;
import kerava.layers.operations.Operation;

/**
 * The order of the layers in a file, from which the places of their weights follow.
 *
 * @param names the layers as Keras' {@code model.layers} lists them
 * @param nested the order within those that are models
 * @param activations the layers that the file has in the place of an activation function, by the
 *     names of the layers that have them
 */
public record LayerOrder(
    List<String> names, Map<String, LayerOrder> nested, Map<String, String> activations) {
  /** The order in which Kerava writes a model. */
  public static LayerOrder of(Model model) {
    Map<String, LayerOrder> nested = new HashMap<>();
    for (NamedLayer named : model.layers()) {
      if (named.layer() instanceof ModelLayer inner) {
        nested.put(named.name(), of(inner.model()));
      }
    }
    return new LayerOrder(model.layers().stream().map(NamedLayer::name).toList(), nested, Map.of());
  }

  /** All weights of a model, in this order. */
  public List<WeightSpec> weights(Model model) {
    Map<String, WeightSpec> specs = new HashMap<>();
    model.weights().forEach(spec -> specs.put(spec.name(), spec));
    return new ArrayList<>(paths(model).keySet()).stream().map(specs::get).toList();
  }

  /** Where each weight stands in a weights file, in this order. */
  public Map<String, String> paths(Model model) {
    Map<String, String> paths = new LinkedHashMap<>();
    addWeights(model, "", paths, places(model), List.of());
    return paths;
  }

  /**
   * Where each layer that is no model stands in a weights file, by the names that lead to it.
   *
   * <p>A group is named after its class, and counted among the groups of its model: a {@code Dense}
   * that is called "logits" stands in {@code layers/dense}.
   */
  public Map<List<String>, String> places(Model model) {
    Map<List<String>, String> places = new LinkedHashMap<>();
    addPlaces(model, List.of(), "", places);
    return places;
  }

  /**
   * Where a model and those within it stand in a weights file: "" and {@code layers/sequential/}.
   * Keras 3.5 wants a group {@code vars} in each, though models have no weights but their layers'.
   */
  public List<String> models(Model model) {
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

  private void addPlaces(
      Model model, List<String> owners, String group, Map<List<String>, String> places) {
    Map<String, Integer> counts = new HashMap<>();
    for (String name : names) {
      NamedLayer named = model.layer(name);
      if (named.layer() instanceof Operation) {
        continue;
      }
      String base = SnakeCase.of(named.layer().pythonClass());
      int count = counts.merge(base, 1, Integer::sum) - 1;
      String place = group + "layers/" + (count == 0 ? base : base + "_" + count);
      LayerOrder inner = nested.get(name);
      if (inner != null && named.layer() instanceof ModelLayer layer) {
        inner.addPlaces(layer.model(), under(owners, name), place + "/", places);
      } else {
        places.put(under(owners, name), place);
        activation(name).forEach(own -> places.put(under(owners, own), place + "/activation"));
      }
    }
  }

  private void addWeights(
      Model model,
      String owner,
      Map<String, String> paths,
      Map<List<String>, String> places,
      List<String> owners) {
    for (String name : names.stream().flatMap(this::both).toList()) {
      NamedLayer named = model.layer(name);
      LayerOrder inner = nested.get(name);
      if (inner != null && named.layer() instanceof ModelLayer layer) {
        inner.addWeights(layer.model(), owner + name + "/", paths, places, under(owners, name));
        continue;
      }
      String place = places.get(under(owners, name));
      addWeights(named.layer(), named.inputs(), owner + name + "/", String.valueOf(place), paths);
    }
  }

  /** The weights of a layer, those of the layers within it behind its own. */
  private static void addWeights(
      Layer layer, Inputs inputs, String owner, String place, Map<String, String> paths) {
    if (layer instanceof ModelLayer inner) {
      of(inner.model())
          .paths(inner.model())
          .forEach((name, path) -> paths.put(owner + name, place + "/" + path));
      return;
    }
    List<InnerLayer> inner = layer.inner(inputs);
    Set<String> theirs = new HashSet<>();
    inner.forEach(each -> each.weights().forEach(spec -> theirs.add(spec.name())));
    int index = 0;
    for (WeightSpec spec : layer.weights(inputs)) {
      if (!theirs.contains(spec.name())) {
        paths.put(owner + spec.name(), place + "/vars/" + index++);
      }
    }
    for (InnerLayer each : inner) {
      addWeights(
          each.layer(),
          each.inputs(),
          owner + each.name() + "/",
          place + "/" + each.attribute(),
          paths);
    }
  }

  private Stream<String> activation(String name) {
    return Optional.ofNullable(activations.get(name)).stream();
  }

  /** A layer, and the layer in the place of its activation function if it has one. */
  public Stream<String> both(String name) {
    return Stream.concat(Stream.of(name), activation(name));
  }

  private static List<String> under(List<String> owners, String name) {
    return Stream.concat(owners.stream(), Stream.of(name)).toList();
  }
}
