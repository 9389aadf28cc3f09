package kerava.metrics;

import java.util.Arrays;

/**
 * How {@link F1Score} and {@link FBetaScore} make one figure of those of several classes.
 *
 * @see <a href="https://keras.io/api/metrics/fscore_metrics/">Keras: F-score metrics</a>
 */
public enum FScoreAverage {
  /** The score of all classes' counts together. */
  MICRO,
  /** The mean of the scores. */
  MACRO,
  /** The mean of the scores by how often each class comes. */
  WEIGHTED;

  double[] of(double[] scores, double[] support) {
    if (this != WEIGHTED) {
      return new double[] {Arrays.stream(scores).average().orElseThrow()};
    }
    double all = Arrays.stream(support).sum() + Ratio.EPSILON;
    double score = 0;
    for (int i = 0; i < scores.length; i++) {
      score += scores[i] * (support[i] / all);
    }
    return new double[] {score};
  }
}
