package kerava.metrics;

import kerava.Labels;
import kerava.MeanMetric;
import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of values, by their weights: (batch, ...) → one number. A training refuses it, as Keras
 * does: it compares nothing with labels.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/reduction_metrics/#mean-class">Keras: Mean</a>
 */
public record Mean(Config config) implements ValueMetric, MeanMetric {
  /** How the metric is written and read. */
  public static final Schema<Mean> SCHEMA = Metric.schema("Mean", Mean::new);

  /** The metric, under its own name. */
  public static Mean of() {
    return new Mean(SCHEMA.config());
  }

  @Override
  public Metric resolve(Labels.Kind kind, Shape output) {
    return ValueMetric.super.resolve(kind, output);
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> values) {
    return values;
  }

  @Override
  public Schema<Mean> schema() {
    return SCHEMA;
  }
}
