package kerava.metrics;

import kerava.Metric;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * The harmonic mean of precision and recall in which recall counts β times as much: (batch,
 * classes), (batch, classes) → one number a class, or one, where they are averaged.
 *
 * <p>By default β is 1, each class has a figure, {@code fbeta_score[0]} and so on, and the highest
 * prediction of a sample is its yes.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/fscore_metrics/#fbetascore-class">Keras:
 *     FBetaScore</a>
 */
public record FBetaScore(Config config) implements FScore<FBetaScore> {
  private static final Key<Double> BETA =
      Key.of("beta", Codec.number().where("a number above 0", number -> number > 0), 1.0);

  /** How the metric is written and read. */
  public static final Schema<FBetaScore> SCHEMA =
      Metric.schema("FBetaScore", FBetaScore::new, Key.of("name", Codec.text(), "fbeta_score"))
          .with(AVERAGE, BETA, THRESHOLD);

  /**
   * The score of each class, under its own name.
   *
   * @param beta how many times recall counts as much as precision
   * @throws IllegalArgumentException if it is not above 0
   */
  public static FBetaScore of(double beta) {
    return new FBetaScore(SCHEMA.config().with(BETA, beta));
  }

  @Override
  public double beta() {
    return config.get(BETA);
  }

  @Override
  public Schema<FBetaScore> schema() {
    return SCHEMA;
  }
}
