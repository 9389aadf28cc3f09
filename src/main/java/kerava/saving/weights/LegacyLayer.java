package kerava.saving.weights;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kerava.Model;
import kerava.ModelLayer;
import kerava.NamedLayer;
import kerava.WeightSpec;
import kerava.saving.json.LayerOrder;

/**
 * A layer of a model as Keras' old format sees it: a nested model is one layer with many weights.
 *
 * @param name its name
 * @param weights in the order in which Keras writes them: what is trained first, then all the rest
 */
record LegacyLayer(String name, List<Wanted> weights) {
  /**
   * A weight that a file should hold.
   *
   * @param spec the weight
   * @param tail how its name in a file ends: {@code dense/kernel} within a nested model, else
   *     {@code kernel}
   */
  record Wanted(WeightSpec spec, String tail) {
    /** Whether a name in a file is that of this weight. */
    boolean isCalled(String name) {
      // What Keras 2 calls the kernel of a DepthwiseConv2D.
      String old = tail.replaceFirst("kernel$", "depthwise_kernel");
      return NormalizationWeights.isCalled(tail, name) || NormalizationWeights.isCalled(old, name);
    }
  }

  /** The layers of a model that have weights. */
  static List<LegacyLayer> of(Model model, LayerOrder order) {
    Map<String, String> tails = new HashMap<>();
    model.layers().stream()
        .filter(named -> named.layer() instanceof ModelLayer)
        .forEach(named -> addTails(named, named.name() + "/", tails));
    List<WeightSpec> all = order.weights(model);
    List<LegacyLayer> layers = new ArrayList<>();
    for (String name : order.names()) {
      Set<String> own = new HashSet<>();
      order.both(name).forEach(each -> own.addAll(names(model.layer(each))));
      List<WeightSpec> specs = all.stream().filter(spec -> own.contains(spec.name())).toList();
      if (!specs.isEmpty()) {
        layers.add(new LegacyLayer(name, wanted(name, specs, tails)));
      }
    }
    return List.copyOf(layers);
  }

  private static List<String> names(NamedLayer named) {
    return named.weights().stream().map(WeightSpec::name).toList();
  }

  private static List<Wanted> wanted(
      String layer, List<WeightSpec> specs, Map<String, String> tails) {
    return Stream.concat(
            specs.stream().filter(WeightSpec::trainable),
            specs.stream().filter(spec -> !spec.trainable()))
        .map(
            spec ->
                new Wanted(
                    spec,
                    tails.getOrDefault(spec.name(), spec.name().substring(layer.length() + 1))))
        .toList();
  }

  private static void addTails(NamedLayer named, String path, Map<String, String> tails) {
    if (named.layer() instanceof ModelLayer inner) {
      for (NamedLayer within : inner.model().layers()) {
        if (within.layer() instanceof ModelLayer) {
          addTails(within, path + within.name() + "/", tails);
        } else {
          names(within).forEach(name -> tails.put(path + name, name));
        }
      }
    }
  }

  /**
   * The weights of a group in the order of this layer's: by their names where these are clear, else
   * as they stand, as Keras takes them.
   *
   * @param group names of weights in a file, as many as this layer has
   */
  List<String> sorted(List<String> group) {
    List<String> sorted = new ArrayList<>();
    for (Wanted weight : weights) {
      List<String> same = group.stream().filter(weight::isCalled).toList();
      if (same.size() != 1) {
        return group;
      }
      sorted.add(same.get(0));
    }
    return new HashSet<>(sorted).size() == group.size() ? List.copyOf(sorted) : group;
  }
}
