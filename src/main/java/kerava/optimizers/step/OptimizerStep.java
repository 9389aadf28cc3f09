package kerava.optimizers.step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import kerava.LearningRate;
import kerava.LossScaling;
import kerava.Optimizer;
import kerava.OptimizerShare;
import kerava.Slot;
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
 * the scale follows the gradients and they are not finite, let each optimizer update its weights,
 * count.
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
  private final List<UpdateStep> parts = new ArrayList<>();
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
    Map<Optional<String>, Map<String, Variable>> slots = new HashMap<>();
    for (Slot slot : optimizer.slots(weights)) {
      slots
          .computeIfAbsent(slot.weight(), name -> new HashMap<>())
          .put(
              slot.name(),
              network.weight(
                  slot.path(optimizer), slot.shape(), InitialValue.constant(slot.initial())));
    }
    Map<String, Variable> variables = new HashMap<>();
    weights.forEach(
        spec ->
            variables.put(
                spec.name(), network.weight(spec.name(), spec.shape(), spec.initializer())));
    for (OptimizerShare share : step.optimizer.shares(weights)) {
      step.parts.add(new UpdateStep(step.tf, share, variables, slots));
    }
    step.scaling =
        optimizer
            .lossScaling()
            .map(asked -> step.scaling(asked, slots.getOrDefault(Optional.empty(), Map.of())));
    return step;
  }

  private ScaledStep scaling(LossScaling asked, Map<String, Variable> scalars) {
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
    Map<String, Gradient> byWeight = new HashMap<>();
    for (int i = 0; i < gradients.size(); i++) {
      byWeight.put(weights.get(i).name(), gradients.get(i));
    }
    List<Op> done = new ArrayList<>();
    for (UpdateStep part : parts) {
      List<Gradient> own =
          part.share().weights().stream()
              .map(spec -> Objects.requireNonNull(byWeight.get(spec.name())))
              .toList();
      if (!own.isEmpty()) {
        done.addAll(part.add(own, iteration, rate(part, iteration), after));
      }
    }
    return count(done);
  }

  /**
   * Adds the operation that ends a training run: weights become their averages, if the optimizer
   * keeps averages.
   */
  public Op finish() {
    List<Op> assigned = parts.stream().flatMap(part -> part.finish().stream()).toList();
    return tf.withControlDependencies(assigned).noOp();
  }

  private Op count(List<Op> done) {
    Ops then = tf.withControlDependencies(done);
    return then.assignAddVariableOp(network.iteration().handle(), tf.constant(1L));
  }

  private Operand<TFloat32> rate(UpdateStep part, Operand<TInt64> iteration) {
    LearningRate rate = part.share().optimizer().learningRate();
    if (rate.schedule().isPresent()) {
      return rate.schedule().get().rate(tf, iteration);
    }
    Variable variable =
        part.share().isOneOfSeveral()
            ? Objects.requireNonNull(part.scalars().get(OptimizerShare.LEARNING_RATE))
            : rateVariable();
    return variable.read(tf, TFloat32.class);
  }

  private Variable rateVariable() {
    float initial = (float) optimizer.learningRate().initial();
    return network.weight(LEARNING_RATE, Shape.scalar(), InitialValue.constant(initial));
  }
}
