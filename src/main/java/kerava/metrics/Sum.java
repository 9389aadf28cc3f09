package kerava.metrics;

import java.util.List;
import kerava.Metric;
import kerava.MetricBatch;
import kerava.MetricState;
import kerava.MetricSums;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The sum of values, by their weights: (batch, ...) → one number. A training refuses it, as Keras
 * does: it compares nothing with labels.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/reduction_metrics/#sum-class">Keras: Sum</a>
 */
public record Sum(Config config) implements ValueMetric {
  private static final String TOTAL = "total";

  /** How the metric is written and read. */
  public static final Schema<Sum> SCHEMA = Metric.schema("Sum", Sum::new);

  /** The metric, under its own name. */
  public static Sum of() {
    return new Sum(SCHEMA.config());
  }

  @Override
  public MetricState state(Shape output) {
    return MetricState.of(TOTAL);
  }

  @Override
  public List<Operand<TFloat32>> update(Ops tf, MetricBatch batch) {
    Operand<TFloat32> each = PerSample.sum(tf, batch.predictions());
    return List.of(tf.reduceSum(tf.math.mul(each, batch.weights()), tf.constant(new int[] {0})));
  }

  @Override
  public double[] result(MetricSums sums) {
    return sums.get(TOTAL);
  }

  @Override
  public Schema<Sum> schema() {
    return SCHEMA;
  }
}
