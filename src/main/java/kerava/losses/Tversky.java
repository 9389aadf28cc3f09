package kerava.losses;

import kerava.Loss;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One minus the overlap of targets and predictions over the sum of the overlap, α times what
 * predictions miss and β times what they add (Salehi et al. 2017): two of the same shape → a
 * scalar, or what is left of the shape without the axes that are named.
 *
 * <p>α and β are 0.5 by default, with which this is {@link Dice}.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/losses/">Keras: losses</a>
 */
public record Tversky(Config config) implements AxisArgument<Tversky> {
  private static final Key<Double> ALPHA = Key.of("alpha", Codec.number(), 0.5);
  private static final Key<Double> BETA = Key.of("beta", Codec.number(), 0.5);

  /** How the loss is written and read. */
  public static final Schema<Tversky> SCHEMA =
      Loss.schema("Tversky", Tversky::new, ALPHA, BETA, AXIS);

  /** The loss of whole batches with α = β = 0.5. */
  public static Tversky of() {
    return new Tversky(SCHEMA.config());
  }

  /** The same loss with other weights of what predictions miss and add; 0.5 by default. */
  public Tversky weights(double alpha, double beta) {
    return new Tversky(config.with(ALPHA, alpha).with(BETA, beta));
  }

  @Override
  public Operand<TFloat32> losses(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> both = sum(tf, tf.math.mul(targets, predictions));
    Operand<TFloat32> missed = sum(tf, tf.math.mul(tf.math.sub(one, predictions), targets));
    Operand<TFloat32> added = sum(tf, tf.math.mul(predictions, tf.math.sub(one, targets)));
    Operand<TFloat32> wrong =
        tf.math.add(
            tf.math.mul(missed, tf.constant(config.get(ALPHA).floatValue())),
            tf.math.mul(added, tf.constant(config.get(BETA).floatValue())));
    Operand<TFloat32> all = tf.math.add(tf.math.add(both, wrong), tf.constant(1e-7f));
    return tf.math.sub(one, tf.math.div(both, all));
  }

  @Override
  public Schema<Tversky> schema() {
    return SCHEMA;
  }
}
