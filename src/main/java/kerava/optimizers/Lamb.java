package kerava.optimizers;

import java.util.List;
import kerava.LearningRate;
import kerava.Optimizer;
import kerava.Slot;
import kerava.Update;
import kerava.WeightSpec;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Lamb (You et al. 2019), with the defaults of Keras: learning rate 0.001, β₁ 0.9, β₂ 0.999, ε
 * 1e-7.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/lamb/">Keras: Lamb</a>
 */
public record Lamb(Config config) implements AdamArguments<Lamb> {
  /** How the optimizer is written and read. */
  public static final Schema<Lamb> SCHEMA =
      Optimizer.schema("Lamb", Lamb::new, BETA_1, BETA_2, EPSILON);

  /** Checks that the arguments go together. */
  public Lamb {
    Optimizer.requireOneClipping(config);
  }

  /** Lamb with Keras' defaults. */
  public static Lamb of() {
    return new Lamb(SCHEMA.config());
  }

  /** Lamb with a learning rate; 0.001 by default. */
  public static Lamb of(double learningRate) {
    return of().withLearningRate(LearningRate.of(learningRate));
  }

  @Override
  public List<Slot> ownSlots(List<WeightSpec> weights) {
    return Moments.slots(weights);
  }

  @Override
  public Rule rule(Update update) {
    Moments moments = Moments.of(config);
    Operand<TFloat32> epsilon = update.constant(moments.epsilon());
    Operand<TFloat32> unbias1 = unbias(update, moments.beta1());
    Operand<TFloat32> unbias2 = unbias(update, moments.beta2());
    return (tf, parameter, gradient) -> {
      Operand<TFloat32> m =
          RunningMean.of(tf, moments.beta1()).add(parameter.slot("momentum"), gradient);
      Operand<TFloat32> v =
          RunningMean.of(tf, moments.beta2())
              .add(parameter.slot("velocity"), parameter.square(tf, gradient));
      Operand<TFloat32> root = tf.math.sqrt(tf.math.div(v, unbias2));
      Operand<TFloat32> direction =
          tf.math.div(tf.math.div(m, unbias1), tf.math.add(root, epsilon));
      Operand<TFloat32> weight = parameter.variable().read(tf, TFloat32.class);
      Operand<TFloat32> size = tf.math.mul(update.rate(), trust(tf, weight, direction));
      return tf.assignSubVariableOp(parameter.variable().handle(), tf.math.mul(size, direction));
    };
  }

  private static Operand<TFloat32> unbias(Update update, double beta) {
    Operand<TFloat32> power = update.tf().math.pow(update.constant(beta), update.number());
    return update.tf().math.sub(update.constant(1), power);
  }

  /** The norm of the weight over that of the move; 1 where either is 0. */
  private static Operand<TFloat32> trust(
      Ops tf, Operand<TFloat32> weight, Operand<TFloat32> direction) {
    Operand<TFloat32> ratio =
        tf.math.sqrt(tf.math.divNoNan(tf.nn.l2Loss(weight), tf.nn.l2Loss(direction)));
    Operand<TBool> positive = tf.math.greater(ratio, tf.constant(0f));
    return tf.select(positive, ratio, tf.constant(1f));
  }

  @Override
  public Schema<Lamb> schema() {
    return SCHEMA;
  }
}
