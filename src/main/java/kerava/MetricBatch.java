package kerava;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What a metric sees of a batch, in a graph; of a batch in parts it sees each part for itself,
 * unless it {@linkplain Metric#ofWholeBatch wants the whole}.
 *
 * @param labels what is right
 * @param predictions the output of the model, of shape (batch, ...)
 * @param counted 1 for each sample, and 0 for those that only fill a part, of shape (batch)
 * @param weights what each sample counts, 0 where it is not counted, of shape (batch)
 * @param weighted whether samples were given weights, a scalar
 */
public record MetricBatch(
    Labels labels,
    Operand<TFloat32> predictions,
    Operand<TFloat32> counted,
    Operand<TFloat32> weights,
    Operand<TBool> weighted) {

  /** A whole batch in which every sample counts as 1. */
  public static MetricBatch of(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    Operand<TInt32> size = tf.shape.size(tf.shape(predictions), tf.constant(0));
    Operand<TFloat32> ones = tf.fill(size, tf.constant(1f));
    return new MetricBatch(labels, predictions, ones, ones, tf.constant(false));
  }

  /** The same batch with other predictions, such as the probabilities of logits. */
  public MetricBatch withPredictions(Operand<TFloat32> others) {
    return new MetricBatch(labels, others, counted, weights, weighted);
  }

  /**
   * The same batch of which not every sample counts.
   *
   * @param samples 1 for those that do, else 0; of shape (batch)
   */
  public MetricBatch counting(Operand<TFloat32> samples) {
    return new MetricBatch(labels, predictions, samples, samples, weighted);
  }

  /**
   * The same batch in which samples count by weights.
   *
   * @param each the weight of each sample, of shape (batch)
   * @param given whether they were given, or are 1 because none were; a scalar
   */
  public MetricBatch weighted(Ops tf, Operand<TFloat32> each, Operand<TBool> given) {
    return new MetricBatch(labels, predictions, counted, tf.math.mul(counted, each), given);
  }
}
