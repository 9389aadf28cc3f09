package kerava;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerava.config.SnakeCase;
import kerava.config.Visible;

/** Gives the layers of a model their names, counted anew in every model. */
final class LayerNames {
  private final Map<String, Integer> counts = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /** Reserves the names that users chose. */
  LayerNames(List<Layer> layers) {
    for (Layer layer : layers) {
      layer.name().ifPresent(this::reserve);
    }
  }

  private void reserve(String name) {
    if (!taken.add(name)) {
      throw new IllegalArgumentException(
          Visible.of("Model: expected unique layer names, got \"" + name + "\" twice."));
    }
  }

  String next(Layer layer) {
    return layer.name().orElseGet(() -> count(SnakeCase.of(layer.pythonClass())));
  }

  private String count(String base) {
    while (true) {
      int index = counts.merge(base, 1, Integer::sum) - 1;
      String name = index == 0 ? base : base + "_" + index;
      if (taken.add(name)) {
        return name;
      }
    }
  }
}
