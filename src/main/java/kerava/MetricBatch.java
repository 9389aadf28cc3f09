package kerava;

import java.util.Optional;
import java.util.stream.IntStream;
import kerava.config.Visible;
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
 * @param weighted whether samples were given weights, or steps a mask; a scalar
 * @param mask 1 for steps that count and 0 for others, of shape (batch, steps), where the model's
 *     output has a mask; as in Keras only metrics that are means go by it
 */
public record MetricBatch(
    Labels labels,
    Operand<TFloat32> predictions,
    Operand<TFloat32> counted,
    Operand<TFloat32> weights,
    Operand<TBool> weighted,
    Optional<Operand<TFloat32>> mask) {

  /** A whole batch in which every sample counts as 1. */
  public static MetricBatch of(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    Operand<TInt32> size = tf.shape.size(tf.shape(predictions), tf.constant(0));
    Operand<TFloat32> ones = tf.fill(size, tf.constant(1f));
    return new MetricBatch(labels, predictions, ones, ones, tf.constant(false), Optional.empty());
  }

  /** The same batch with other predictions, such as the probabilities of logits. */
  public MetricBatch withPredictions(Operand<TFloat32> others) {
    return new MetricBatch(labels, others, counted, weights, weighted, mask);
  }

  /**
   * The same batch of which not every sample counts.
   *
   * @param samples 1 for those that do, else 0; of shape (batch)
   */
  public MetricBatch counting(Operand<TFloat32> samples) {
    return new MetricBatch(labels, predictions, samples, samples, weighted, mask);
  }

  /**
   * The same batch in which samples count by weights.
   *
   * @param each the weight of each sample, of shape (batch)
   * @param given whether they were given, or are 1 because none were; a scalar
   */
  public MetricBatch weighted(Ops tf, Operand<TFloat32> each, Operand<TBool> given) {
    Operand<TFloat32> product = tf.math.mul(counted, each);
    return new MetricBatch(labels, predictions, counted, product, given, mask);
  }

  /**
   * The same batch in which not every step counts.
   *
   * @param steps 1 for those that do, else 0; of shape (batch, steps)
   */
  public MetricBatch masked(Ops tf, Operand<TFloat32> steps) {
    return new MetricBatch(
        labels, predictions, counted, weights, tf.constant(true), Optional.of(steps));
  }

  /**
   * The mean of a sample's values, in which masked steps are 0: (batch, ...) → (batch).
   *
   * @throws IllegalArgumentException if there is a mask of steps, and one value a sample
   */
  public Operand<TFloat32> mean(Ops tf, Operand<TFloat32> values) {
    if (mask.isEmpty()) {
      return mean(tf, values, 1);
    }
    if (values.shape().numDimensions() < 2) {
      throw new IllegalArgumentException(
          Visible.of(
              "Metric: expected a value for each step that the mask of the output names, got values of shape "
                  + values.shape()
                  + "."));
    }
    return mean(tf, tf.math.mul(mean(tf, values, 2), mask.get()), 1);
  }

  /** What each sample counts, by its share of steps that are not masked; of shape (batch). */
  public Operand<TFloat32> unmasked(Ops tf) {
    return mask.<Operand<TFloat32>>map(steps -> tf.math.mul(weights, mean(tf, steps, 1)))
        .orElse(weights);
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> values, int from) {
    int[] axes = IntStream.range(from, values.shape().numDimensions()).toArray();
    return axes.length == 0 ? values : tf.math.mean(values, tf.constant(axes));
  }
}
