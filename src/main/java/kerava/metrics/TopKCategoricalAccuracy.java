package kerava.metrics;

import kerava.Metric;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The share of samples whose class, given by a one-hot vector, is among the k with the highest
 * scores; equal scores share a place: (batch, classes), (batch, classes) → (batch).
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/metrics/accuracy_metrics/#topkcategoricalaccuracy-class">Keras:
 *     TopKCategoricalAccuracy</a>
 */
public record TopKCategoricalAccuracy(Config config) implements TargetMetric, HigherIsBetter {
  private static final Key<Integer> K = Key.of("k", Codec.positive(), 5);

  /** How the metric is written and read. */
  public static final Schema<TopKCategoricalAccuracy> SCHEMA =
      Metric.schema("TopKCategoricalAccuracy", TopKCategoricalAccuracy::new, K);

  /** The metric for k = 5, under its own name. */
  public static TopKCategoricalAccuracy of() {
    return new TopKCategoricalAccuracy(SCHEMA.config());
  }

  /**
   * The metric, under its own name.
   *
   * @param k how many places count
   */
  public static TopKCategoricalAccuracy of(int k) {
    return new TopKCategoricalAccuracy(SCHEMA.config().with(K, k));
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return CategoricalMatches.top(
        tf, CategoricalMatches.classes(tf, targets), predictions, config.get(K));
  }

  @Override
  public Schema<TopKCategoricalAccuracy> schema() {
    return SCHEMA;
  }
}
