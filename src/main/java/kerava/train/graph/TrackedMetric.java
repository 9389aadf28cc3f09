package kerava.train.graph;

import kerava.Metric;
import kerava.MetricState;
import kerava.MetricSums;

/**
 * A metric in a training.
 *
 * @param output of which output it is, of those that need labels, from 0
 * @param name what it is reported as
 * @param metric the metric, as resolved for the labels and the output
 * @param weighted whether samples count by their weights
 * @param state what it gathers
 */
public record TrackedMetric(
    int output, String name, Metric metric, boolean weighted, MetricState state) {
  /** The figure that numbers of its state make. */
  public double[] result(double[] sums) {
    return metric.result(new MetricSums(state, sums));
  }
}
