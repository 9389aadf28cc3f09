package kerava.losses;

import kerava.Labels;
import kerava.Loss;
import kerava.Reduction;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The cross-entropy of class numbers with predicted distributions: (batch), (batch, classes) →
 * (batch).
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/losses/probabilistic_losses/#sparsecategoricalcrossentropy-class">Keras:
 *     SparseCategoricalCrossentropy</a>
 */
public record SparseCategoricalCrossentropy(Config config) implements Loss {
  private static final Key<Reduction> REDUCTION =
      Key.of("reduction", Codec.choice(Reduction.class), Reduction.SUM_OVER_BATCH_SIZE);
  private static final Key<Boolean> FROM_LOGITS = Key.of("from_logits", Codec.bool(), false);

  /** How the loss is written and read. */
  public static final Schema<SparseCategoricalCrossentropy> SCHEMA =
      Schema.of(
          "keras.losses",
          "SparseCategoricalCrossentropy",
          SparseCategoricalCrossentropy::new,
          REDUCTION,
          FROM_LOGITS);

  /** The loss of predictions that are probabilities. */
  public static SparseCategoricalCrossentropy of() {
    return new SparseCategoricalCrossentropy(SCHEMA.config());
  }

  /** The same loss of predictions that are logits, or that are probabilities, the default. */
  public SparseCategoricalCrossentropy fromLogits(boolean fromLogits) {
    return new SparseCategoricalCrossentropy(config.with(FROM_LOGITS, fromLogits));
  }

  @Override
  public Labels.Kind labels() {
    return Labels.Kind.CLASSES;
  }

  @Override
  public Reduction reduction() {
    return config.get(REDUCTION);
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    Operand<TFloat32> logits = config.get(FROM_LOGITS) ? predictions : Logits.of(tf, predictions);
    int classes = Math.toIntExact(logits.shape().get(logits.shape().numDimensions() - 1));
    Operand<TFloat32> oneHot =
        tf.oneHot(labels.classes(), tf.constant(classes), tf.constant(1f), tf.constant(0f));
    return tf.nn.softmaxCrossEntropyWithLogits(logits, oneHot).loss();
  }

  @Override
  public Schema<SparseCategoricalCrossentropy> schema() {
    return SCHEMA;
  }
}
