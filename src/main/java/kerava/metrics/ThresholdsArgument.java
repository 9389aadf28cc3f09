package kerava.metrics;

import kerava.Metric;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * What Keras' metrics of yes and no take: {@code thresholds}.
 *
 * @param <M> the class of the metric
 */
interface ThresholdsArgument<M extends Metric> extends Metric {
  /** The key of the thresholds. */
  Key<Thresholds> THRESHOLDS = Key.of("thresholds", Thresholds.codec(), Thresholds.NONE);

  @Override
  Schema<M> schema();

  /**
   * The same with thresholds, of which each gives a figure; 0.5 by default. Logits want 0.
   *
   * @param numbers numbers from 0 to 1
   * @throws IllegalArgumentException if one is not from 0 to 1, or there is none
   */
  default M thresholds(double... numbers) {
    return schema().create(config().with(THRESHOLDS, Thresholds.of(numbers)));
  }
}
