package kerava;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A metric that is a mean over samples; of weighted samples, a weighted mean.
 *
 * @see <a href="https://keras.io/api/metrics/reduction_metrics/#meanmetricwrapper-class">Keras:
 *     MeanMetricWrapper</a>
 */
public interface MeanMetric extends Metric {
  /** The sum of the weighted values, as Keras calls it. */
  String TOTAL = "total";

  /** The sum of the weights, as Keras calls it. */
  String COUNT = "count";

  /**
   * Adds the operations of the values whose mean is that of the sample.
   *
   * @param predictions the output of the model, of shape (batch, ...)
   * @return of shape (batch), or (batch, ...) where a sample has several
   */
  Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions);

  @Override
  default MetricState state(Shape output) {
    return MetricState.of(TOTAL).and(COUNT);
  }

  @Override
  default List<Operand<TFloat32>> update(Ops tf, MetricBatch batch) {
    Operand<TFloat32> each = batch.mean(tf, perSample(tf, batch.labels(), batch.predictions()));
    Operand<TFloat32> total =
        tf.reduceSum(tf.math.mul(each, batch.weights()), tf.constant(new int[] {0}));
    return List.of(total, tf.reduceSum(batch.unmasked(tf), tf.constant(new int[] {0})));
  }

  /** The mean; 0 where no weight was gathered. */
  @Override
  default double[] result(MetricSums sums) {
    double count = sums.number(COUNT);
    return new double[] {count == 0 ? 0 : sums.number(TOTAL) / count};
  }
}
