package kerava.optimizers;

import java.util.List;
import kerava.LearningRate;
import kerava.Optimizer;
import kerava.Slot;
import kerava.Update;
import kerava.WeightSpec;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Adamax, the variant of Adam with the maximum norm (Kingma and Ba 2014), with the defaults of
 * Keras: learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 1e-7.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/adamax/">Keras: Adamax</a>
 */
public record Adamax(Config config) implements AdamArguments<Adamax> {
  /** How the optimizer is written and read. */
  public static final Schema<Adamax> SCHEMA =
      Optimizer.schema("Adamax", Adamax::new, BETA_1, BETA_2, EPSILON);

  /** Checks that the arguments go together. */
  public Adamax {
    Optimizer.requireOneClipping(config);
  }

  /** Adamax with Keras' defaults. */
  public static Adamax of() {
    return new Adamax(SCHEMA.config());
  }

  /** Adamax with a learning rate; 0.001 by default. */
  public static Adamax of(double learningRate) {
    return of().withLearningRate(LearningRate.of(learningRate));
  }

  @Override
  public List<Slot> ownSlots(List<WeightSpec> weights) {
    return Moments.slots(weights, "momentum", "norm");
  }

  @Override
  public Rule rule(Update update) {
    Operand<TFloat32> power =
        update.tf().math.pow(update.constant(config.get(BETA_1)), update.number());
    Operand<TFloat32> unbias = update.tf().math.sub(update.constant(1), power);
    return (tf, parameter, gradient) -> {
      Operand<TFloat32> m =
          RunningMean.of(tf, config.get(BETA_1)).add(parameter.slot("momentum"), gradient);
      Variable slot = parameter.slot("norm");
      Operand<TFloat32> kept =
          tf.math.mul(slot.read(tf, TFloat32.class), update.constant(config.get(BETA_2)));
      Operand<TFloat32> norm =
          RunningMean.set(tf, slot, tf.math.maximum(kept, parameter.magnitude(tf, gradient)));
      Operand<TFloat32> divisor =
          tf.math.mul(unbias, tf.math.add(norm, update.constant(config.get(EPSILON))));
      return tf.assignSubVariableOp(
          parameter.variable().handle(), tf.math.div(tf.math.mul(update.rate(), m), divisor));
    };
  }

  @Override
  public Schema<Adamax> schema() {
    return SCHEMA;
  }
}
