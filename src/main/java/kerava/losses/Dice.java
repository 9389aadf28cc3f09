package kerava.losses;

import kerava.Loss;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One minus twice the overlap of targets and predictions over the sum of both (Dice 1945): two of
 * the same shape → a scalar, or what is left of the shape without the axes that are named.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/losses/">Keras: losses</a>
 */
public record Dice(Config config) implements AxisArgument<Dice> {
  /** How the loss is written and read. */
  public static final Schema<Dice> SCHEMA = Loss.schema("Dice", Dice::new, AXIS);

  /** The loss of whole batches. */
  public static Dice of() {
    return new Dice(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    Operand<TFloat32> both = sum(tf, tf.math.mul(targets, predictions));
    Operand<TFloat32> all = tf.math.add(sum(tf, targets), sum(tf, predictions));
    Operand<TFloat32> share =
        tf.math.div(tf.math.mul(both, tf.constant(2f)), tf.math.add(all, tf.constant(1e-7f)));
    return tf.math.sub(tf.constant(1f), share);
  }

  @Override
  public Schema<Dice> schema() {
    return SCHEMA;
  }
}
