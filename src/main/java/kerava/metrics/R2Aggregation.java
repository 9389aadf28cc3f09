package kerava.metrics;

import java.util.Arrays;

/**
 * How {@link R2Score} makes one figure of those of several outputs.
 *
 * @see <a href="https://keras.io/api/metrics/regression_metrics/#r2score-class">Keras: R2Score</a>
 */
public enum R2Aggregation {
  /** The mean. */
  UNIFORM_AVERAGE,
  /** The mean by the variance of the targets. */
  VARIANCE_WEIGHTED_AVERAGE;

  double[] of(double[] scores, double[] totals) {
    if (this == UNIFORM_AVERAGE) {
      return new double[] {Arrays.stream(scores).average().orElseThrow()};
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      sum += totals[i] * scores[i];
    }
    return new double[] {sum / Arrays.stream(totals).sum()};
  }
}
