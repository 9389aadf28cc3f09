package kerava.metrics;

import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The share of numbers that equal the targets: (batch, n), (batch, n) → (batch).
 *
 * <p>This is Keras' class {@code Accuracy}. The string "accuracy" means something else there: see
 * {@link Accuracy}.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/accuracy_metrics/#accuracy-class">Keras: Accuracy</a>
 */
public record ExactAccuracy(Config config) implements TargetMetric, HigherIsBetter {
  /** How the metric is written and read. */
  public static final Schema<ExactAccuracy> SCHEMA = Metric.schema("Accuracy", ExactAccuracy::new);

  /** The metric, under its own name. */
  public static ExactAccuracy of() {
    return new ExactAccuracy(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return tf.dtypes.cast(tf.math.equal(targets, predictions), TFloat32.class);
  }

  @Override
  public Schema<ExactAccuracy> schema() {
    return SCHEMA;
  }
}
