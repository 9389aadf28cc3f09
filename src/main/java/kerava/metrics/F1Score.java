package kerava.metrics;

import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;

/**
 * The harmonic mean of precision and recall: (batch, classes), (batch, classes) → one number a
 * class, or one, where they are averaged.
 *
 * <p>By default each class has a figure, {@code f1_score[0]} and so on, and the highest prediction
 * of a sample is its yes.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/fscore_metrics/#f1score-class">Keras: F1Score</a>
 */
public record F1Score(Config config) implements FScore<F1Score> {
  /** How the metric is written and read. */
  public static final Schema<F1Score> SCHEMA =
      Metric.schema("F1Score", F1Score::new, AVERAGE, THRESHOLD);

  /** The score of each class, under its own name. */
  public static F1Score of() {
    return new F1Score(SCHEMA.config());
  }

  @Override
  public double beta() {
    return 1;
  }

  @Override
  public Schema<F1Score> schema() {
    return SCHEMA;
  }
}
