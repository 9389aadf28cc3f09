package kerava;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerava.graph.Array;
import kerava.graph.Weights;

/**
 * What of a model's weights was found in a file that holds no description of the model.
 *
 * @param weights the weights found, under the model's names
 * @param sources for each of them, what it is called in the file
 * @param missing the model's weights that the file does not have
 * @param unused what the file has and the model does not
 */
public record MatchedWeights(
    Weights weights, Map<String, String> sources, List<String> missing, List<String> unused) {
  /** Keeps the lists as they are now. */
  public MatchedWeights {
    sources = Map.copyOf(sources);
    missing = List.copyOf(missing);
    unused = List.copyOf(unused);
  }

  /** Whether every weight of the model was found. */
  public boolean complete() {
    return missing.isEmpty();
  }

  /** Matches by name and shape: "sequential/conv2d/kernel" is "conv2d/kernel". */
  public static MatchedWeights of(Model model, Weights found) {
    Set<String> left = new LinkedHashSet<>(found.names());
    Map<String, Array> arrays = new LinkedHashMap<>();
    Map<String, String> sources = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (WeightSpec spec : model.weights()) {
      List<String> same = candidates(left, spec.name());
      same.removeIf(name -> !found.get(name).shape().equals(spec.shape()));
      // Two that could be meant are none: a wrong guess would show only in bad predictions.
      if (same.size() == 1) {
        arrays.put(spec.name(), found.get(same.get(0)));
        sources.put(spec.name(), same.get(0));
        left.remove(same.get(0));
      } else {
        missing.add(spec.name());
      }
    }
    return new MatchedWeights(Weights.of(arrays), sources, missing, List.copyOf(left));
  }

  /** The name itself, or else those that have it at their end. */
  private static List<String> candidates(Set<String> names, String wanted) {
    return names.contains(wanted)
        ? new ArrayList<>(List.of(wanted))
        : new ArrayList<>(names.stream().filter(name -> name.endsWith("/" + wanted)).toList());
  }
}
