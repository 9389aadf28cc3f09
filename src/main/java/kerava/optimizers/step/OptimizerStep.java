package kerava.optimizers.step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import kerava.LossScaling;
import kerava.Optimizer;
import kerava.Parameter;
import kerava.Slot;
import kerava.Update;
import kerava.WeightSpec;
import kerava.graph.InitialValue;
import kerava.graph.Network;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * One application of gradients, in Keras' order: undo the scale of the loss, leave the step out if
 * the scale follows the gradients and they are not finite, add up gradients, clip, decay, update,
 * average, constrain, count.
 *
 * <p>Decay takes from every weight, biases included.
 */
public final class OptimizerStep {
  /** The name of the variable that holds a learning rate that is a number. */
  public static final String LEARNING_RATE = "learning_rate";

  private final Network network;

  /** The one that updates weights: the one within, where another scales the loss for it. */
  private final Optimizer optimizer;

  private final List<WeightSpec> weights;
  private final Ops tf;
  private final LossScale scale;
  private final Map<Optional<String>, Map<String, Variable>> slots = new HashMap<>();
  private Optional<ScaledStep> scaling = Optional.empty();

  private OptimizerStep(Network network, Optimizer optimizer, List<WeightSpec> weights) {
    this.network = network;
    this.optimizer = optimizer.updating();
    this.weights = weights;
    this.tf = network.tf().withSubScope("optimizer");
    this.scale = new LossScale(tf, optimizer.updating().config().get(Optimizer.LOSS_SCALE_FACTOR));
  }

  /**
   * Makes the optimizer's variables: the counter of steps, the rate unless a schedule gives it, and
   * all slots.
   *
   * @param weights the weights to be trained, made in the network before
   */
  public static OptimizerStep prepare(
      Network network, Optimizer optimizer, List<WeightSpec> weights) {
    OptimizerStep step = new OptimizerStep(network, optimizer, weights);
    network.iteration();
    if (optimizer.learningRate().schedule().isEmpty()) {
      step.rateVariable();
    }
    for (Slot slot : optimizer.slots(weights)) {
      step.slots
          .computeIfAbsent(slot.weight(), name -> new HashMap<>())
          .put(
              slot.name(),
              network.weight(
                  slot.path(optimizer), slot.shape(), InitialValue.constant(slot.initial())));
    }
    step.scaling = optimizer.lossScaling().map(step::scaling);
    return step;
  }

  private ScaledStep scaling(LossScaling asked) {
    Map<String, Variable> scalars = slots.getOrDefault(Optional.empty(), Map.of());
    return ScaledStep.of(
        tf,
        asked,
        Objects.requireNonNull(scalars.get(LossScaling.COUNTER)),
        Objects.requireNonNull(scalars.get(LossScaling.SCALE)));
  }

  /** The loss that gradients are taken of: the loss itself, unless the optimizer scales it. */
  public Operand<TFloat32> scaled(Operand<TFloat32> loss) {
    if (scaling.isPresent()) {
      return scaling.get().scaled(loss);
    }
    return scale.scaled(loss);
  }

  /**
   * Adds the operations of a step.
   *
   * @param gradients of the {@link #scaled} loss, one a weight, in the order of the weights
   * @param after what must have run before the first weight changes
   * @return the operation that has run when the step is done
   */
  public Op add(List<Gradient> gradients, List<Op> after) {
    return scaling.isPresent()
        ? scaling.get().add(gradients, after, this::step)
        : step(scale.unscaled(gradients), after);
  }

  private Op step(List<Gradient> gradients, List<Op> after) {
    Operand<TInt64> iteration = network.iteration().read(tf, TInt64.class);
    Operand<TInt64> updates = updates(iteration);
    Operand<TFloat32> rate = rate(iteration);
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
    return count(finished(updated, updates));
  }

  /**
   * Adds the operation that ends a training run: weights become their averages, if the optimizer
   * keeps averages.
   */
  public Op finish() {
    List<Op> assigned = new ArrayList<>();
    if (optimizer.config().get(Optimizer.USE_EMA)) {
      for (WeightSpec spec : weights) {
        Parameter parameter = parameter(spec);
        Variable average = parameter.slot(Slot.AVERAGE);
        assigned.add(parameter.variable().assign(tf, average.read(tf, TFloat32.class)));
      }
    }
    return tf.withControlDependencies(assigned).noOp();
  }

  /** What an update starts from. */
  private record Start(Operand<TFloat32> rate, Operand<TInt64> count, List<Op> after) {}

  /** Clips, decays and updates; returns an operation a weight, then what else must run. */
  private List<Op> update(List<Gradient> gradients, Start start) {
    Ops here = tf.withControlDependencies(start.after());
    List<Gradient> clipped = new Clipping(tf, optimizer.config()).apply(gradients);
    Optimizer.Rule rule =
        optimizer.rule(
            new Update(
                here, start.rate(), start.count(), slots.getOrDefault(Optional.empty(), Map.of())));
    WeightDecay decay = new WeightDecay(tf, optimizer.weightDecay(), start.rate());
    List<Op> done = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Gradient gradient = clipped.get(i);
      Parameter parameter = gradient.updating(parameter(weights.get(i)));
      Ops ready = tf.withControlDependencies(decay.add(parameter.variable(), start.after()));
      done.add(rule.update(ready, parameter, gradient.whole(tf)));
    }
    done.addAll(rule.once());
    return done;
  }

  /** Averages and constrains each weight, once it is updated. */
  private List<Op> finished(List<Op> updated, Operand<TInt64> updates) {
    MovingAverage averages = new MovingAverage(tf, optimizer.config(), updates);
    List<Op> done = new ArrayList<>(updated.subList(weights.size(), updated.size()));
    for (int i = 0; i < weights.size(); i++) {
      Op averaged = averages.add(parameter(weights.get(i)), updated.get(i));
      done.add(constrained(weights.get(i), averaged));
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

  private Op count(List<Op> done) {
    Ops then = tf.withControlDependencies(done);
    return then.assignAddVariableOp(network.iteration().handle(), tf.constant(1L));
  }

  private Optional<GradientAccumulation> accumulation(Ops where) {
    return optimizer
        .config()
        .get(Optimizer.GRADIENT_ACCUMULATION_STEPS)
        .map(
            steps ->
                new GradientAccumulation(
                    where,
                    steps,
                    weights.stream().map(spec -> parameter(spec).slot(Slot.GRADIENTS)).toList()));
  }

  /** How many updates were done; a schedule, in contrast, counts steps, as in Keras. */
  private Operand<TInt64> updates(Operand<TInt64> iteration) {
    return optimizer
        .config()
        .get(Optimizer.GRADIENT_ACCUMULATION_STEPS)
        .<Operand<TInt64>>map(steps -> tf.math.floorDiv(iteration, tf.constant(steps.longValue())))
        .orElse(iteration);
  }

  private Operand<TFloat32> rate(Operand<TInt64> iteration) {
    return optimizer
        .learningRate()
        .schedule()
        .map(schedule -> schedule.rate(tf, iteration))
        .orElseGet(() -> rateVariable().read(tf, TFloat32.class));
  }

  private Variable rateVariable() {
    float initial = (float) optimizer.learningRate().initial();
    return network.weight(LEARNING_RATE, Shape.scalar(), InitialValue.constant(initial));
  }

  private Parameter parameter(WeightSpec spec) {
    Variable variable = network.weight(spec.name(), spec.shape(), spec.initializer());
    return new Parameter(variable, slots.getOrDefault(Optional.of(spec.name()), Map.of()));
  }

  /** The same operation for each weight. */
  private List<Op> fill(Op operation) {
    return weights.stream().map(weight -> operation).toList();
  }

  private static List<Op> join(List<Op> first, List<Op> second) {
    List<Op> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
