package kerava.metrics;

import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The share of samples whose class, given by a one-hot vector, has the highest score; of equal
 * scores the first counts: (batch, classes), (batch, classes) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/accuracy_metrics/#categoricalaccuracy-class">Keras:
 *     CategoricalAccuracy</a>
 */
public record CategoricalAccuracy(Config config) implements TargetMetric, HigherIsBetter {
  /** How the metric is written and read. */
  public static final Schema<CategoricalAccuracy> SCHEMA =
      Metric.schema("CategoricalAccuracy", CategoricalAccuracy::new);

  /** The metric, under its own name. */
  public static CategoricalAccuracy of() {
    return new CategoricalAccuracy(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return CategoricalMatches.best(tf, CategoricalMatches.classes(tf, targets), predictions);
  }

  @Override
  public Schema<CategoricalAccuracy> schema() {
    return SCHEMA;
  }
}
