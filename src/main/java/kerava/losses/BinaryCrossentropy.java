package kerava.losses;

import kerava.Crossentropy;
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
 * The mean of the cross-entropies of single probabilities: (batch, n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/losses/probabilistic_losses/#binarycrossentropy-class">Keras:
 *     BinaryCrossentropy</a>
 */
public record BinaryCrossentropy(Config config) implements Loss {
  private static final Key<Boolean> FROM_LOGITS = Key.of("from_logits", Codec.bool(), false);
  private static final Key<Double> LABEL_SMOOTHING =
      Key.of("label_smoothing", Codec.between(0, 1), 0.0);
  private static final Key<Integer> AXIS = Key.of("axis", Codec.integer(), -1);

  /** How the loss is written and read. */
  public static final Schema<BinaryCrossentropy> SCHEMA =
      Loss.schema("BinaryCrossentropy", BinaryCrossentropy::new, FROM_LOGITS, LABEL_SMOOTHING, AXIS)
          .alias("bce", "BCE");

  /** The loss of predictions that are probabilities. */
  public static BinaryCrossentropy of() {
    return new BinaryCrossentropy(SCHEMA.config());
  }

  private <T> BinaryCrossentropy with(Key<T> key, T value) {
    return new BinaryCrossentropy(config.with(key, value));
  }

  /** The same loss of predictions that are logits, or that are probabilities, the default. */
  public BinaryCrossentropy fromLogits(boolean fromLogits) {
    return with(FROM_LOGITS, fromLogits);
  }

  /** The same loss that spreads a share of each target evenly over yes and no; 0 by default. */
  public BinaryCrossentropy labelSmoothing(double share) {
    return with(LABEL_SMOOTHING, share);
  }

  /** The same loss that is a mean over another axis; the last by default. */
  public BinaryCrossentropy axis(int axis) {
    return with(AXIS, axis);
  }

  /** The same loss, reduced otherwise; to the mean over the batch by default. */
  public BinaryCrossentropy reduction(Reduction reduction) {
    return with(REDUCTION, reduction);
  }

  @Override
  public Labels.Kind labels() {
    return Labels.Kind.TARGETS;
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return new Crossentropy(config.get(FROM_LOGITS), config.get(LABEL_SMOOTHING), config.get(AXIS))
        .binary(tf, labels.targets(), predictions);
  }

  @Override
  public Schema<BinaryCrossentropy> schema() {
    return SCHEMA;
  }
}
