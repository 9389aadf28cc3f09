package kerava.metrics;

import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.functional.CrossentropyArguments;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The cross-entropy of target distributions with predicted ones: (batch, classes), (batch, classes)
 * → (batch).
 *
 * <p>By default predictions are probabilities, along the last axis, and targets are not smoothed.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/metrics/probabilistic_metrics/#categoricalcrossentropy-class">Keras:
 *     CategoricalCrossentropy</a>
 */
public record CategoricalCrossentropy(Config config)
    implements TargetMetric, LowerIsBetter, CrossentropyArguments<CategoricalCrossentropy> {
  /** How the metric is written and read. */
  public static final Schema<CategoricalCrossentropy> SCHEMA =
      Metric.schema("CategoricalCrossentropy", CategoricalCrossentropy::new)
          .with(FROM_LOGITS, LABEL_SMOOTHING, AXIS);

  /** The metric of predictions that are probabilities, under its own name. */
  public static CategoricalCrossentropy of() {
    return new CategoricalCrossentropy(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return crossentropy().categorical(tf, targets, predictions);
  }

  @Override
  public Schema<CategoricalCrossentropy> schema() {
    return SCHEMA;
  }
}
