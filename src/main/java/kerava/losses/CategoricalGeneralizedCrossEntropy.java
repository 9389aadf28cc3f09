package kerava.losses;

import kerava.Labels;
import kerava.Loss;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * (1 − p^q) / q, where the right class has probability p: a cross-entropy that wrong labels mislead
 * less (Zhang and Sabuncu 2018): (batch, ...), (batch, ..., classes) → (batch, ...).
 *
 * <p>By default q is 0.5; near 0 the loss is the cross-entropy, near 1 the absolute error.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/losses/probabilistic_losses/#categoricalgeneralizedcrossentropy-class">
 *     Keras: CategoricalGeneralizedCrossEntropy</a>
 */
public record CategoricalGeneralizedCrossEntropy(Config config)
    implements ReductionArgument<CategoricalGeneralizedCrossEntropy> {
  private static final Key<Double> Q =
      Key.of("q", Codec.number().where("a number above 0 and below 1", q -> q > 0 && q < 1), 0.5);

  /** How the loss is written and read. */
  public static final Schema<CategoricalGeneralizedCrossEntropy> SCHEMA =
      Loss.schema("CategoricalGeneralizedCrossEntropy", CategoricalGeneralizedCrossEntropy::new, Q);

  /** The loss with q = 0.5. */
  public static CategoricalGeneralizedCrossEntropy of() {
    return new CategoricalGeneralizedCrossEntropy(SCHEMA.config());
  }

  /**
   * The loss with another q.
   *
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public static CategoricalGeneralizedCrossEntropy of(double q) {
    return new CategoricalGeneralizedCrossEntropy(SCHEMA.config().with(Q, q));
  }

  @Override
  public Labels.Kind labels() {
    return Labels.Kind.CLASSES;
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    int last = predictions.shape().numDimensions() - 1;
    Operand<TFloat32> right =
        tf.oneHot(
            labels.classes(),
            tf.constant(Math.toIntExact(predictions.shape().get(last))),
            tf.constant(1f),
            tf.constant(0f));
    Operand<TFloat32> p = tf.reduceSum(tf.math.mul(predictions, right), tf.constant(-1));
    Operand<TFloat32> q = tf.constant(config.get(Q).floatValue());
    return tf.math.div(tf.math.sub(tf.constant(1f), tf.math.pow(p, q)), q);
  }

  @Override
  public Schema<CategoricalGeneralizedCrossEntropy> schema() {
    return SCHEMA;
  }
}
