package kerava.optimizers;

import java.util.List;
import kerava.LearningRate;
import kerava.Optimizer;
import kerava.Slot;
import kerava.Update;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Adadelta (Zeiler 2012), with the defaults of Keras: learning rate 0.001, ρ 0.95, ε 1e-7.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/adadelta/">Keras: Adadelta</a>
 */
public record Adadelta(Config config) implements EpsilonArgument<Adadelta> {
  private static final Key<Double> RHO = Key.of("rho", Codec.between(0, 1), 0.95);

  /** How the optimizer is written and read. */
  public static final Schema<Adadelta> SCHEMA =
      Optimizer.schema("Adadelta", Adadelta::new, RHO, EPSILON);

  /** Checks that the arguments go together. */
  public Adadelta {
    Optimizer.requireOneClipping(config);
  }

  /** Adadelta with Keras' defaults. */
  public static Adadelta of() {
    return new Adadelta(SCHEMA.config());
  }

  /** Adadelta with a learning rate; 0.001 (the paper has 1) by default. */
  public static Adadelta of(double learningRate) {
    return of().withLearningRate(LearningRate.of(learningRate));
  }

  /** The same optimizer that keeps another share of the mean squares; 0.95 by default. */
  public Adadelta rho(double rho) {
    return with(RHO, rho);
  }

  @Override
  public List<Slot> ownSlots(List<WeightSpec> weights) {
    return Moments.slots(weights, "accumulated_grad", "accumulated_delta_var");
  }

  @Override
  public Rule rule(Update update) {
    Operand<TFloat32> epsilon = update.constant(config.get(EPSILON));
    return (tf, parameter, gradient) -> {
      RunningMean mean = RunningMean.of(tf, config.get(RHO));
      Operand<TFloat32> squares = parameter.square(tf, gradient);
      Operand<TFloat32> gradients = mean.add(parameter.slot("accumulated_grad"), squares);
      Variable slot = parameter.slot("accumulated_delta_var");
      Operand<TFloat32> ratio =
          tf.math.div(
              tf.math.sqrt(tf.math.add(slot.read(tf, TFloat32.class), epsilon)),
              tf.math.sqrt(tf.math.add(gradients, epsilon)));
      Operand<TFloat32> moves = mean.add(slot, tf.math.mul(tf.math.square(ratio), squares));
      Operand<TFloat32> move = tf.math.mul(update.rate(), tf.math.mul(ratio, gradient));
      return tf.withControlDependencies(moves)
          .assignSubVariableOp(parameter.variable().handle(), move);
    };
  }

  @Override
  public Schema<Adadelta> schema() {
    return SCHEMA;
  }
}
