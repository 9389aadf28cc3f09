package kerava;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.graph.Initial;
import kerava.graph.Network;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * One application of gradients, in Keras' order: clip, decay, update, constrain, count.
 *
 * <p>Gradients are clipped before weights decay; decay takes from every weight, biases included.
 */
public final class OptimizerStep {
  /** The name of the variable that holds a learning rate that is a number. */
  public static final String LEARNING_RATE = "learning_rate";

  private final Network network;
  private final Optimizer optimizer;
  private final List<WeightSpec> weights;
  private final Ops tf;
  private final Map<String, Map<String, Variable>> slots = new HashMap<>();

  private OptimizerStep(Network network, Optimizer optimizer, List<WeightSpec> weights) {
    this.network = network;
    this.optimizer = optimizer;
    this.weights = weights;
    this.tf = network.tf().withSubScope("optimizer");
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
      network.weight(
          LEARNING_RATE,
          Shape.scalar(),
          Initial.constant((float) optimizer.learningRate().initial()));
    }
    for (Slot slot : optimizer.slots(weights)) {
      step.slots
          .computeIfAbsent(slot.weight(), name -> new LinkedHashMap<>())
          .put(
              slot.name(),
              network.weight(slot.path(optimizer), slot.shape(), Initial.constant(slot.initial())));
    }
    return step;
  }

  /**
   * Adds the operations of a step.
   *
   * @param gradients one gradient a weight, in the order of the weights
   * @param after what must have run before the first weight changes
   * @return the operation that has run when the step is done
   */
  public Op add(List<Operand<TFloat32>> gradients, List<Op> after) {
    Operand<TInt64> iteration = network.iteration().read(tf, TInt64.class);
    Operand<TFloat32> rate = rate(iteration);
    List<Operand<TFloat32>> clipped = clip(gradients);
    Optimizer.Rule rule = optimizer.rule(tf, rate, iteration);
    List<Op> done = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      done.add(update(rule, i, clipped.get(i), new Context(rate, after)));
    }
    return count(done);
  }

  private record Context(Operand<TFloat32> rate, List<Op> after) {}

  private Op update(Optimizer.Rule rule, int index, Operand<TFloat32> gradient, Context context) {
    WeightSpec spec = weights.get(index);
    Variable variable = network.weight(spec.name(), spec.shape(), spec.initializer());
    Parameter parameter = new Parameter(variable, slots.getOrDefault(spec.name(), Map.of()));
    Ops ready = tf.withControlDependencies(withDecay(variable, context));
    Op updated = rule.update(ready, parameter, gradient);
    return spec.constraint()
        .map(
            constraint -> {
              Ops then = tf.withControlDependencies(List.of(updated));
              Operand<TFloat32> value = variable.read(then, TFloat32.class);
              return variable.assign(tf, constraint.project(tf, value));
            })
        .orElse(updated);
  }

  private List<Op> withDecay(Variable variable, Context context) {
    Optional<Double> decay = optimizer.config().get(Optimizer.WEIGHT_DECAY);
    if (decay.isEmpty()) {
      return context.after();
    }
    Ops then = tf.withControlDependencies(context.after());
    Operand<TFloat32> share = tf.math.mul(context.rate(), number(decay.get()));
    Operand<TFloat32> loss = tf.math.mul(variable.read(then, TFloat32.class), share);
    return List.of(then.assignSubVariableOp(variable.handle(), loss));
  }

  private Operand<TFloat32> rate(Operand<TInt64> iteration) {
    return optimizer
        .learningRate()
        .schedule()
        .map(schedule -> schedule.rate(tf, iteration))
        .orElseGet(
            () ->
                network
                    .weight(LEARNING_RATE, Shape.scalar(), Initial.constant(0))
                    .read(tf, TFloat32.class));
  }

  private Op count(List<Op> done) {
    Ops then = tf.withControlDependencies(done);
    return then.assignAddVariableOp(network.iteration().handle(), tf.constant(1L));
  }

  private List<Operand<TFloat32>> clip(List<Operand<TFloat32>> gradients) {
    Optional<Double> norm = optimizer.config().get(Optimizer.CLIPNORM);
    Optional<Double> global = optimizer.config().get(Optimizer.GLOBAL_CLIPNORM);
    Optional<Double> value = optimizer.config().get(Optimizer.CLIPVALUE);
    if (norm.isPresent()) {
      return gradients.stream().map(g -> scale(g, number(norm.get()), norm(List.of(g)))).toList();
    }
    if (global.isPresent()) {
      Operand<TFloat32> all = norm(gradients);
      return gradients.stream().map(g -> scale(g, number(global.get()), all)).toList();
    }
    if (value.isPresent()) {
      Operand<TFloat32> most = number(value.get());
      return gradients.stream()
          .map(g -> (Operand<TFloat32>) tf.clipByValue(g, tf.math.neg(most), most))
          .toList();
    }
    return gradients;
  }

  private Operand<TFloat32> norm(List<Operand<TFloat32>> gradients) {
    List<Operand<TFloat32>> squares = new ArrayList<>();
    gradients.forEach(g -> squares.add(tf.nn.l2Loss(g)));
    return tf.math.sqrt(tf.math.mul(tf.math.addN(squares), number(2)));
  }

  private Operand<TFloat32> scale(
      Operand<TFloat32> gradient, Operand<TFloat32> most, Operand<TFloat32> norm) {
    return tf.math.div(tf.math.mul(gradient, most), tf.math.maximum(norm, most));
  }

  private Operand<TFloat32> number(double value) {
    return tf.constant((float) value);
  }
}
