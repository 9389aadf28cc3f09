package kerava;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which Keras makes the calls of a model: by decreasing depth from the outputs, and
 * among those of one depth as a walk back from the outputs first meets them. It matters where a
 * layer takes the mask from a value that others are called with too, and where one that is called
 * several times notes something, as batch normalization does.
 */
final class CallOrder {
  private final Model model;
  private final List<NamedLayer.Origin> finished = new ArrayList<>();

  private CallOrder(Model model) {
    this.model = model;
  }

  /** The first output of each call that the outputs follow from. */
  static List<NamedLayer.Origin> of(Model model) {
    CallOrder order = new CallOrder(model);
    Set<NamedLayer.Origin> seen = new HashSet<>();
    model.outputs().forEach(output -> order.walk(output.first(), seen));
    Collections.reverse(order.finished);
    Map<NamedLayer.Origin, Integer> depths = order.depths();
    List<NamedLayer.Origin> calls = new ArrayList<>(depths.keySet());
    calls.sort(Comparator.comparing(call -> -depths.getOrDefault(call, 0)));
    return calls;
  }

  private List<NamedLayer.Origin> inputs(NamedLayer.Origin call) {
    return model.layer(call.layer()).calls().get(call.call()).inputs().stream()
        .map(NamedLayer.Origin::first)
        .toList();
  }

  /** A call, and those of its inputs that are still to be visited. */
  private record Visit(NamedLayer.Origin call, Iterator<NamedLayer.Origin> inputs) {}

  /** Visits a call and what it follows from; without recursion, for networks of any depth. */
  private void walk(NamedLayer.Origin output, Set<NamedLayer.Origin> seen) {
    Deque<Visit> open = new ArrayDeque<>();
    if (seen.add(output)) {
      open.push(new Visit(output, inputs(output).iterator()));
    }
    while (!open.isEmpty()) {
      Visit visit = open.element();
      if (!visit.inputs().hasNext()) {
        finished.add(open.remove().call());
        continue;
      }
      NamedLayer.Origin next = visit.inputs().next();
      if (seen.add(next)) {
        open.push(new Visit(next, inputs(next).iterator()));
      }
    }
  }

  /** How far each call is from the outputs, in the order in which that was first known. */
  private Map<NamedLayer.Origin, Integer> depths() {
    Map<NamedLayer.Origin, Integer> depths = new LinkedHashMap<>();
    Map<String, Integer> layers = new HashMap<>();
    for (NamedLayer.Origin call : finished) {
      int depth = Math.max(depths.getOrDefault(call, 0), layers.getOrDefault(call.layer(), 0));
      layers.put(call.layer(), depth);
      depths.put(call, depth);
      inputs(call).forEach(input -> depths.merge(input, depth + 1, Math::max));
    }
    return depths;
  }
}
