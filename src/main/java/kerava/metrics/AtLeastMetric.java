package kerava.metrics;

import java.util.List;
import java.util.Optional;
import kerava.Metric;
import kerava.MetricSums;
import kerava.config.Codec;
import kerava.config.Key;

/**
 * The best that one share of the counts reaches among thresholds at which another is at least so
 * large.
 *
 * @param <M> the class of the metric
 */
interface AtLeastMetric<M extends Metric>
    extends ConfusionMetric, HigherIsBetter, ClassIdArgument<M> {
  /** The key of how many thresholds are tried. */
  Key<Integer> NUM_THRESHOLDS = Key.of("num_thresholds", Codec.positive(), 200);

  /** The key of what the other share must at least be. */
  static Key<Double> least(String name) {
    return Key.required(name, Codec.between(0, 1));
  }

  /** A share of the counts at each threshold. */
  enum Share {
    /** Of those that are yes. */
    RECALL(Count.TRUE_POSITIVES, Count.FALSE_NEGATIVES),
    /** Of those above the threshold. */
    PRECISION(Count.TRUE_POSITIVES, Count.FALSE_POSITIVES),
    /** Of those that are no. */
    SPECIFICITY(Count.TRUE_NEGATIVES, Count.FALSE_POSITIVES);

    private final Count part;
    private final Count rest;

    Share(Count part, Count rest) {
      this.part = part;
      this.rest = rest;
    }

    private double[] of(MetricSums sums) {
      return Ratio.shares(sums.get(part.key()), sums.get(rest.key()));
    }
  }

  /** The same that tries so many thresholds, at equal distances; 200 by default. */
  default M numThresholds(int count) {
    return schema().create(config().with(NUM_THRESHOLDS, count));
  }

  @Override
  default List<Count> counts() {
    return ALL;
  }

  @Override
  default ConfusionCounts.Comparison comparison() {
    int count = config().get(NUM_THRESHOLDS);
    List<Double> thresholds = count == 1 ? List.of(0.5) : Thresholds.even(count);
    return new ConfusionCounts.Comparison(
        thresholds, count > 1, Optional.empty(), config().get(CLASS_ID), List.of(), false);
  }

  /** The best of a share where a bound is kept; 0 where it is nowhere. */
  static double[] best(Share wanted, Share bound, double least, MetricSums sums) {
    double[] values = wanted.of(sums);
    double[] bounds = bound.of(sums);
    double best = 0;
    for (int i = 0; i < values.length; i++) {
      // Keras compares floats.
      best = (float) bounds[i] >= (float) least ? Math.max(best, values[i]) : best;
    }
    return new double[] {best};
  }
}
