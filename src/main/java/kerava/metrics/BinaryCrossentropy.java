package kerava.metrics;

import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.functional.CrossentropyArguments;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of the cross-entropies of single probabilities: (batch, n), (batch, n) → (batch).
 *
 * <p>By default predictions are probabilities, along the last axis, and targets are not smoothed.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/metrics/probabilistic_metrics/#binarycrossentropy-class">Keras:
 *     BinaryCrossentropy</a>
 */
public record BinaryCrossentropy(Config config)
    implements TargetMetric, LowerIsBetter, CrossentropyArguments<BinaryCrossentropy> {
  /** How the metric is written and read. */
  public static final Schema<BinaryCrossentropy> SCHEMA =
      Metric.schema("BinaryCrossentropy", BinaryCrossentropy::new, FROM_LOGITS, LABEL_SMOOTHING)
          .alias("bce", "BCE");

  /** The metric of predictions that are probabilities, under its own name. */
  public static BinaryCrossentropy of() {
    return new BinaryCrossentropy(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return crossentropy().binary(tf, targets, predictions);
  }

  @Override
  public Schema<BinaryCrossentropy> schema() {
    return SCHEMA;
  }
}
