package kerava.optimizers.step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import kerava.Optimizer;
import kerava.OptimizerShare;
import kerava.Parameter;
import kerava.Slot;
import kerava.Update;
import kerava.WeightSpec;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * What one optimizer does to its weights in a step: add up gradients, clip, decay, update, average,
 * constrain.
 *
 * @param tf where to add operations
 * @param share the optimizer and its weights
 * @param variables the weights by name
 * @param slots what is remembered of each weight, and under none what belongs to none
 */
record UpdateStep(
    Ops tf,
    OptimizerShare share,
    Map<String, Variable> variables,
    Map<Optional<String>, Map<String, Variable>> slots) {
  private Optimizer optimizer() {
    return share.optimizer();
  }

  private List<WeightSpec> weights() {
    return share.weights();
  }

  /**
   * Adds the operations.
   *
   * @param gradients one a weight
   * @param iteration how many steps were done before, a scalar
   * @param rate the learning rate, a scalar
   * @param after what must have run before the first weight changes
   * @return have run when the step is done
   */
  List<Op> add(
      List<Gradient> gradients, Operand<TInt64> iteration, Operand<TFloat32> rate, List<Op> after) {
    Operand<TInt64> updates = updates(iteration);
    List<Op> updated =
        accumulation(tf.withControlDependencies(after))
            .map(
                accumulation ->
                    fill(
                        accumulation.add(
                            iteration,
                            gradients,
                            (means, branch) ->
                                update(means, new Start(rate, updates, join(after, branch))))))
            .orElseGet(() -> update(gradients, new Start(rate, updates, after)));
    return finished(updated, updates);
  }

  /** Adds the operations that end a training run: weights become their averages, if there are. */
  List<Op> finish() {
    List<Op> assigned = new ArrayList<>();
    if (optimizer().config().get(Optimizer.USE_EMA)) {
      for (WeightSpec spec : weights()) {
        Parameter parameter = parameter(spec);
        Variable average = parameter.slot(Slot.AVERAGE);
        assigned.add(parameter.variable().assign(tf, average.read(tf, TFloat32.class)));
      }
    }
    return assigned;
  }

  /** What an update starts from. */
  private record Start(Operand<TFloat32> rate, Operand<TInt64> count, List<Op> after) {}

  /** Clips, decays and updates; returns an operation a weight, then what else must run. */
  private List<Op> update(List<Gradient> gradients, Start start) {
    Ops here = tf.withControlDependencies(start.after());
    List<Gradient> clipped = new Clipping(tf, optimizer().config()).apply(gradients);
    Optimizer.Rule rule =
        optimizer().rule(new Update(here, start.rate(), start.count(), scalars()));
    WeightDecay decay = new WeightDecay(tf, start.rate());
    List<Op> done = new ArrayList<>();
    for (int i = 0; i < weights().size(); i++) {
      Gradient gradient = clipped.get(i);
      Parameter parameter = gradient.updating(parameter(weights().get(i)));
      Optional<Double> lost = optimizer().weightDecay(weights().get(i));
      Ops ready = tf.withControlDependencies(decay.add(parameter.variable(), lost, start.after()));
      done.add(rule.update(ready, parameter, gradient.whole(tf)));
    }
    done.addAll(rule.once());
    return done;
  }

  /** Averages and constrains each weight, once it is updated. */
  private List<Op> finished(List<Op> updated, Operand<TInt64> updates) {
    MovingAverage averages = new MovingAverage(tf, optimizer().config(), updates);
    List<Op> done = new ArrayList<>(updated.subList(weights().size(), updated.size()));
    for (int i = 0; i < weights().size(); i++) {
      Op averaged = averages.add(parameter(weights().get(i)), updated.get(i));
      done.add(constrained(weights().get(i), averaged));
    }
    return done;
  }

  private Op constrained(WeightSpec spec, Op ready) {
    return spec.constraint()
        .map(
            constraint -> {
              Variable variable = parameter(spec).variable();
              Ops then = tf.withControlDependencies(List.of(ready));
              Operand<TFloat32> value = variable.read(then, TFloat32.class);
              return variable.assign(tf, constraint.project(tf, value));
            })
        .orElse(ready);
  }

  private Optional<GradientAccumulation> accumulation(Ops where) {
    return optimizer()
        .config()
        .get(Optimizer.GRADIENT_ACCUMULATION_STEPS)
        .map(
            steps ->
                new GradientAccumulation(
                    where,
                    steps,
                    weights().stream().map(spec -> parameter(spec).slot(Slot.GRADIENTS)).toList()));
  }

  /** How many updates were done; a schedule, in contrast, counts steps, as in Keras. */
  private Operand<TInt64> updates(Operand<TInt64> iteration) {
    return optimizer()
        .config()
        .get(Optimizer.GRADIENT_ACCUMULATION_STEPS)
        .<Operand<TInt64>>map(steps -> tf.math.floorDiv(iteration, tf.constant(steps.longValue())))
        .orElse(iteration);
  }

  /** What belongs to no weight, by the optimizer's own names. */
  Map<String, Variable> scalars() {
    Map<String, Variable> own = new HashMap<>();
    slots
        .getOrDefault(Optional.empty(), Map.of())
        .forEach(
            (name, variable) -> {
              if (name.startsWith(share.prefix())) {
                own.put(name.substring(share.prefix().length()), variable);
              }
            });
    return own;
  }

  private Parameter parameter(WeightSpec spec) {
    return new Parameter(
        Objects.requireNonNull(variables.get(spec.name())),
        slots.getOrDefault(Optional.of(spec.name()), Map.of()));
  }

  /** The same operation for each weight. */
  private List<Op> fill(Op operation) {
    return weights().stream().map(weight -> operation).toList();
  }

  private static List<Op> join(List<Op> first, List<Op> second) {
    List<Op> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
