package kerava.optimizers;

import java.util.ArrayList;
import java.util.List;
import kerava.LearningRate;
import kerava.Optimizer;
import kerava.Parameter;
import kerava.Slot;
import kerava.Update;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * RMSprop (Hinton 2012), with the defaults of Keras: learning rate 0.001, ρ 0.9, ε 1e-7.
 *
 * <p>The fused kernel wants a momentum slot even without momentum, which Keras does not have; the
 * update is made of plain operations.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/rmsprop/">Keras: RMSprop</a>
 */
public record RMSprop(Config config) implements EpsilonArgument<RMSprop> {
  private static final Key<Double> RHO = Key.of("rho", Codec.between(0, 1), 0.9);
  private static final Key<Double> MOMENTUM = Key.of("momentum", Codec.between(0, 1), 0.0);
  private static final Key<Boolean> CENTERED = Key.of("centered", Codec.bool(), false);

  /** How the optimizer is written and read. */
  public static final Schema<RMSprop> SCHEMA =
      Optimizer.schema("RMSprop", RMSprop::new, RHO, MOMENTUM, EPSILON, CENTERED);

  /** Checks that the arguments go together. */
  public RMSprop {
    Optimizer.requireOneClipping(config);
  }

  /** RMSprop with Keras' defaults. */
  public static RMSprop of() {
    return new RMSprop(SCHEMA.config());
  }

  /** RMSprop with a learning rate; 0.001 by default. */
  public static RMSprop of(double learningRate) {
    return of().withLearningRate(LearningRate.of(learningRate));
  }

  /** The same optimizer that keeps another share of the mean square; 0.9 by default. */
  public RMSprop rho(double rho) {
    return with(RHO, rho);
  }

  /**
   * The same optimizer with momentum: the share of the last move that is repeated; 0 by default.
   */
  public RMSprop momentum(double momentum) {
    return with(MOMENTUM, momentum);
  }

  /** The same optimizer that divides by the variance, not by the mean square; off by default. */
  public RMSprop centered(boolean centered) {
    return with(CENTERED, centered);
  }

  @Override
  public List<Slot> ownSlots(List<WeightSpec> weights) {
    List<Slot> slots = new ArrayList<>();
    weights.forEach(weight -> slots.add(Slot.zeros(weight, "velocity")));
    if (config.get(MOMENTUM) > 0) {
      weights.forEach(weight -> slots.add(Slot.zeros(weight, "momentum")));
    }
    if (config.get(CENTERED)) {
      weights.forEach(weight -> slots.add(Slot.zeros(weight, "average_gradient")));
    }
    return slots;
  }

  @Override
  public Rule rule(Update update) {
    return (tf, parameter, gradient) -> {
      Operand<TFloat32> square = parameter.square(tf, gradient);
      RunningMean mean = RunningMean.of(tf, config.get(RHO));
      Operand<TFloat32> denominator = mean.add(parameter.slot("velocity"), square);
      if (config.get(CENTERED)) {
        Operand<TFloat32> average = mean.add(parameter.slot("average_gradient"), gradient);
        denominator = tf.math.sub(denominator, tf.math.square(average));
      }
      Operand<TFloat32> root =
          tf.math.sqrt(tf.math.add(denominator, update.constant(config.get(EPSILON))));
      Operand<TFloat32> move = tf.math.div(tf.math.mul(update.rate(), gradient), root);
      return tf.assignSubVariableOp(parameter.variable().handle(), moved(tf, parameter, move));
    };
  }

  private Operand<TFloat32> moved(Ops tf, Parameter parameter, Operand<TFloat32> move) {
    double share = config.get(MOMENTUM);
    if (share == 0) {
      return move;
    }
    Variable slot = parameter.slot("momentum");
    Operand<TFloat32> repeated =
        tf.math.mul(slot.read(tf, TFloat32.class), tf.constant((float) share));
    return RunningMean.set(tf, slot, tf.math.add(repeated, move));
  }

  @Override
  public Schema<RMSprop> schema() {
    return SCHEMA;
  }
}
