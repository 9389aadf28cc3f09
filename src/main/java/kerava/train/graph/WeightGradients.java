package kerava.train.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerava.WeightSpec;
import kerava.graph.Lookup;
import kerava.graph.Network;
import kerava.graph.Pass;
import kerava.graph.Variable;
import kerava.optimizers.step.Gradient;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The gradients of a loss with respect to weights, which several passes may have read.
 *
 * @param network where they are added
 * @param passes what the loss was computed in
 */
public record WeightGradients(Network network, List<Pass> passes) {
  /** Where a weight enters the passes: whole, and in rows. */
  private record Places(List<Operand<TFloat32>> reads, List<Lookup> lookups) {
    List<Operand<TFloat32>> all() {
      List<Operand<TFloat32>> all = new ArrayList<>(reads);
      lookups.forEach(lookup -> all.add(lookup.rows()));
      return all;
    }
  }

  /** What reads weights. */
  public List<Op> reads() {
    List<Op> all = new ArrayList<>();
    for (Pass pass : passes) {
      all.addAll(pass.reads().values());
      pass.lookups().forEach(lookup -> all.add(lookup.rows()));
    }
    return all;
  }

  /** Adds the gradients of the weights, in their order. */
  public List<Gradient> of(Operand<TFloat32> loss, List<WeightSpec> weights) {
    List<Places> places = weights.stream().map(spec -> places(spec.name())).toList();
    List<Operand<TFloat32>> flat = new ArrayList<>();
    places.forEach(place -> flat.addAll(place.all()));
    List<Operand<TFloat32>> gradients = network.gradients(loss, flat);
    List<Gradient> all = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < weights.size(); i++) {
      int count = places.get(i).all().size();
      all.add(gradient(weights.get(i), places.get(i), gradients.subList(next, next + count)));
      next += count;
    }
    return all;
  }

  private Places places(String weight) {
    List<Operand<TFloat32>> reads = new ArrayList<>();
    List<Lookup> lookups = new ArrayList<>();
    for (Pass pass : passes) {
      for (Map.Entry<Variable, Operand<TFloat32>> read : pass.reads().entrySet()) {
        if (read.getKey().name().equals(weight)) {
          reads.add(read.getValue());
        }
      }
      pass.lookups().stream()
          .filter(lookup -> lookup.variable().name().equals(weight))
          .forEach(lookups::add);
    }
    return new Places(reads, lookups);
  }

  private Gradient gradient(WeightSpec spec, Places places, List<Operand<TFloat32>> gradients) {
    Ops tf = network.tf();
    int reads = places.reads().size();
    List<Operand<TFloat32>> whole = new ArrayList<>(gradients.subList(0, reads));
    if (!places.lookups().isEmpty()) {
      Gradient rows =
          Gradient.rows(tf, places.lookups(), gradients.subList(reads, gradients.size()));
      if (whole.isEmpty()) {
        return rows;
      }
      whole.add(rows.whole(tf));
    }
    return Gradient.whole(whole.size() == 1 ? whole.get(0) : tf.math.addN(whole), spec.shape());
  }
}
