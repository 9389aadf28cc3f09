package kerava.metrics;

import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How much predictions agree with targets, along the last axis: (batch, n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/regression_metrics/">Keras: regression metrics</a>
 */
public record ConcordanceCorrelation(Config config)
    implements CorrelationMetric<ConcordanceCorrelation> {
  /** How the metric is written and read. */
  public static final Schema<ConcordanceCorrelation> SCHEMA =
      Metric.schema("ConcordanceCorrelation", ConcordanceCorrelation::new, AXIS);

  /** The metric along the last axis, under its own name. */
  public static ConcordanceCorrelation of() {
    return new ConcordanceCorrelation(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return correlation().concordance(tf, targets, predictions);
  }

  @Override
  public Schema<ConcordanceCorrelation> schema() {
    return SCHEMA;
  }
}
