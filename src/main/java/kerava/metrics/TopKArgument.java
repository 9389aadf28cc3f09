package kerava.metrics;

import java.util.Optional;
import kerava.Metric;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * What Keras' precision and recall take: {@code top_k}.
 *
 * @param <M> the class of the metric
 */
interface TopKArgument<M extends Metric> extends Metric {
  /** The key of how many of the highest predictions of a sample count as yes. */
  Key<Optional<Integer>> TOP_K = Key.optional("top_k", Codec.positive());

  @Override
  Schema<M> schema();

  /**
   * The same that takes the highest predictions of a sample for yes, all of them unless there are
   * thresholds.
   *
   * @param k how many, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  default M topK(int k) {
    return schema().create(config().with(TOP_K, Optional.of(k)));
  }
}
