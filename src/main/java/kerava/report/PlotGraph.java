package kerava.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import kerava.Model;
import kerava.ModelLayer;
import kerava.NamedLayer;

/**
 * The layers of a model in boxes.
 *
 * @param boxes so that each stands behind those that feed it
 * @param links between them
 */
record PlotGraph(List<PlotBox> boxes, List<Link> links) {
  /** That one box feeds another. */
  record Link(PlotBox from, PlotBox to) {}

  static PlotGraph of(Model model) {
    return new Builder(model).build();
  }

  /** Those that feed a box, its main input first. */
  List<PlotBox> parents(PlotBox box) {
    return links.stream().filter(link -> link.to() == box).map(Link::from).toList();
  }

  private static final class Builder {
    private final Map<NamedLayer.Origin, NamedLayer> layers = new LinkedHashMap<>();
    private final Map<NamedLayer.Origin, Integer> uses = new HashMap<>();
    private final Map<NamedLayer.Origin, PlotBox> places = new HashMap<>();
    private final List<PlotBox> boxes = new ArrayList<>();
    private final Set<Link> links = new LinkedHashSet<>();

    Builder(Model model) {
      for (NamedLayer named : model.layersWithInputs()) {
        for (int call = 0; call < named.calls().size(); call++) {
          layers.put(new NamedLayer.Origin(named.name(), call), named);
          for (NamedLayer.Origin input : inputs(named, call)) {
            uses.merge(input, 1, Integer::sum);
          }
        }
      }
    }

    /** Where a call's inputs come from, each once. */
    private static Set<NamedLayer.Origin> inputs(NamedLayer named, int call) {
      Set<NamedLayer.Origin> inputs = new LinkedHashSet<>();
      named.calls().get(call).inputs().forEach(input -> inputs.add(input.first()));
      return inputs;
    }

    PlotGraph build() {
      // A shared layer stands where its deepest call is, which may be before what feeds another.
      List<NamedLayer.Origin> open = new ArrayList<>(layers.keySet());
      while (!open.isEmpty()) {
        NamedLayer.Origin next =
            open.stream()
                .filter(call -> places.keySet().containsAll(inputs(layer(call), call.call())))
                .findFirst()
                .orElseThrow();
        open.remove(next);
        place(next, layer(next));
      }
      return new PlotGraph(List.copyOf(boxes), List.copyOf(links));
    }

    private NamedLayer layer(NamedLayer.Origin call) {
      return Objects.requireNonNull(layers.get(call), "a model holds what feeds its layers");
    }

    private PlotBox box(NamedLayer.Origin call) {
      return Objects.requireNonNull(places.get(call), "what feeds a layer is placed before it");
    }

    private void place(NamedLayer.Origin call, NamedLayer named) {
      Set<NamedLayer.Origin> inputs = inputs(named, call.call());
      PlotRow row = PlotRow.of(named, call.call());
      Optional<PlotBox> same = same(named, inputs);
      PlotBox box = same.orElseGet(() -> new PlotBox(row, inner(named)));
      if (same.isPresent()) {
        box.add(row);
      } else {
        boxes.add(box);
        inputs.forEach(input -> links.add(new Link(box(input), box)));
      }
      places.put(call, box);
    }

    /** The box of the only layer that feeds this one, if it feeds no other. */
    private Optional<PlotBox> same(NamedLayer named, Set<NamedLayer.Origin> inputs) {
      boolean begins =
          inputs.size() != 1
              || named.layer() instanceof ModelLayer
              || named.weights().stream().anyMatch(weight -> weight.name().endsWith("kernel"));
      if (begins) {
        return Optional.empty();
      }
      NamedLayer.Origin input = inputs.iterator().next();
      PlotBox box = box(input);
      return uses.getOrDefault(input, 0) == 1 && box.inner().isEmpty()
          ? Optional.of(box)
          : Optional.empty();
    }

    private static Optional<PlotLayout> inner(NamedLayer named) {
      return named.layer() instanceof ModelLayer layer
          ? Optional.of(PlotLayout.of(of(layer.model())))
          : Optional.empty();
    }
  }
}
