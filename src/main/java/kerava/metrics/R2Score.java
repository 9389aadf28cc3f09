package kerava.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kerava.Labels;
import kerava.Metric;
import kerava.MetricBatch;
import kerava.MetricState;
import kerava.MetricSums;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * How much of the variance of the targets predictions explain, R²: (batch, n), (batch, n) → one
 * number, 1 at best.
 *
 * <p>By default it is the mean of that of each output, and not adjusted.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/regression_metrics/#r2score-class">Keras: R2Score</a>
 */
public record R2Score(Config config) implements HigherIsBetter {
  private static final Key<Optional<R2Aggregation>> CLASS_AGGREGATION =
      Key.of(
          "class_aggregation",
          Codec.nullable(Codec.choice(R2Aggregation.class)),
          Optional.of(R2Aggregation.UNIFORM_AVERAGE));
  private static final Key<Integer> NUM_REGRESSORS =
      Key.of(
          "num_regressors",
          Codec.integer().where("a whole number of at least 0", number -> number >= 0),
          0);

  /** How the metric is written and read. */
  public static final Schema<R2Score> SCHEMA =
      Metric.schema("R2Score", R2Score::new, CLASS_AGGREGATION, NUM_REGRESSORS);

  /** The mean of the scores of the outputs, under its own name. */
  public static R2Score of() {
    return new R2Score(SCHEMA.config());
  }

  /** The same that makes one figure of the outputs in another way. */
  public R2Score aggregation(R2Aggregation aggregation) {
    return new R2Score(config.with(CLASS_AGGREGATION, Optional.of(aggregation)));
  }

  /** The same with a figure for each output: {@code r2_score[0]} and so on. */
  public R2Score eachOutput() {
    return new R2Score(config.with(CLASS_AGGREGATION, Optional.empty()));
  }

  /**
   * The same, adjusted for how many independent variables the model has; for none by default.
   *
   * @throws IllegalArgumentException if they are fewer than 0
   */
  public R2Score numRegressors(int count) {
    return new R2Score(config.with(NUM_REGRESSORS, count));
  }

  @Override
  public Set<Labels.Kind> labels() {
    return Set.of(Labels.Kind.TARGETS);
  }

  @Override
  public Metric resolve(Labels.Kind kind, Shape output) {
    HigherIsBetter.super.resolve(kind, output);
    if (output.numDimensions() != 2 || output.get(1) < 0) {
      throw refused("an output of shape (batch, n)", output, "Keras' R2Score is of such alone.");
    }
    return this;
  }

  @Override
  public MetricState state(Shape output) {
    long count = output.get(1);
    return MetricState.of("num_samples")
        .and("squared_sum", count)
        .and("sum", count)
        .and("residual", count)
        .and("count", count);
  }

  @Override
  public List<Operand<TFloat32>> update(Ops tf, MetricBatch batch) {
    Operand<TFloat32> y = batch.labels().targets();
    Operand<TFloat32> each = tf.expandDims(batch.weights(), tf.constant(1));
    Operand<TFloat32> weighted = tf.math.mul(y, each);
    Operand<TFloat32> residuals =
        tf.math.mul(tf.math.squaredDifference(y, batch.predictions()), each);
    Operand<TInt32> first = tf.constant(new int[] {0});
    float width = batch.predictions().shape().get(1);
    return List.of(
        // As in Keras, the outputs of a sample count each.
        tf.math.mul(tf.reduceSum(batch.counted(), first), tf.constant(width)),
        tf.reduceSum(tf.math.mul(y, weighted), first),
        tf.reduceSum(weighted, first),
        tf.reduceSum(residuals, first),
        tf.reduceSum(tf.broadcastTo(each, tf.shape(batch.predictions())), first));
  }

  @Override
  public double[] result(MetricSums sums) {
    double[] scores = sums.get("sum");
    double[] totals = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      double sum = scores[i];
      totals[i] = sums.get("squared_sum")[i] - sum * (sum / sums.get("count")[i]);
      double score = 1 - sums.get("residual")[i] / totals[i];
      scores[i] = Double.isInfinite(score) ? 0 : score;
    }
    double[] results =
        config.get(CLASS_AGGREGATION).map(how -> how.of(scores, totals)).orElse(scores);
    return Arrays.stream(results)
        .map(score -> adjusted(score, sums.number("num_samples")))
        .toArray();
  }

  /** As Keras does, not adjusted where there are too few samples for it. */
  private double adjusted(double score, double samples) {
    int regressors = config.get(NUM_REGRESSORS);
    return regressors == 0 || regressors >= samples - 1
        ? score
        : 1 - (1 - score) * (samples - 1) / (samples - regressors - 1);
  }

  @Override
  public Schema<R2Score> schema() {
    return SCHEMA;
  }
}
