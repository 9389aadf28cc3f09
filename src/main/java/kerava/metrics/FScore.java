package kerava.metrics;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kerava.Labels;
import kerava.Metric;
import kerava.MetricBatch;
import kerava.MetricState;
import kerava.MetricSums;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.types.TFloat32;

/**
 * What F scores have in common: a mean of precision and recall of each class.
 *
 * @param <M> the class of the metric
 */
interface FScore<M extends Metric> extends HigherIsBetter {
  /** The key of what is made of the scores of the classes. */
  Key<Optional<FScoreAverage>> AVERAGE = Key.optional("average", Codec.choice(FScoreAverage.class));

  /** The key of what a prediction must be above to be a yes; the highest is, where it is empty. */
  Key<Optional<Double>> THRESHOLD =
      Key.optional(
          "threshold",
          Codec.number().where("a number above 0, at most 1", number -> number > 0 && number <= 1));

  @Override
  Schema<M> schema();

  /** How many times recall counts as much as precision. */
  double beta();

  /** The same that makes one figure of the classes; by default each has its own. */
  default M average(FScoreAverage average) {
    return schema().create(config().with(AVERAGE, Optional.of(average)));
  }

  /**
   * The same that takes each prediction above a threshold for a yes; by default the highest of a
   * sample is one.
   *
   * @throws IllegalArgumentException if it is not above 0 and at most 1
   */
  default M threshold(double number) {
    return schema().create(config().with(THRESHOLD, Optional.of(number)));
  }

  @Override
  default Set<Labels.Kind> labels() {
    return Set.of(Labels.Kind.TARGETS);
  }

  @Override
  default Metric resolve(Labels.Kind kind, Shape output) {
    HigherIsBetter.super.resolve(kind, output);
    if (output.numDimensions() != 2 || output.get(1) < 0) {
      throw refused(
          "an output of shape (batch, classes)", output, "Keras' F scores are of such alone.");
    }
    return this;
  }

  @Override
  default MetricState state(Shape output) {
    long[] shape = micro() ? new long[0] : new long[] {output.get(1)};
    return MetricState.of("true_positives", shape)
        .and("false_positives", shape)
        .and("false_negatives", shape)
        .and("intermediate_weights", shape);
  }

  private boolean micro() {
    return config().get(AVERAGE).equals(Optional.of(FScoreAverage.MICRO));
  }

  @Override
  default List<Operand<TFloat32>> update(Ops tf, MetricBatch batch) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> y = batch.labels().targets();
    Operand<TFloat32> yes = yes(tf, batch.predictions());
    Operand<TFloat32> weights = tf.expandDims(batch.weights(), tf.constant(1));
    int[] axes = micro() ? new int[] {0, 1} : new int[] {0};
    return List.of(
            tf.math.mul(yes, y),
            tf.math.mul(yes, tf.math.sub(one, y)),
            tf.math.mul(tf.math.sub(one, yes), y),
            y)
        .stream()
        .<Operand<TFloat32>>map(each -> tf.reduceSum(tf.math.mul(each, weights), tf.constant(axes)))
        .toList();
  }

  private Operand<TFloat32> yes(Ops tf, Operand<TFloat32> predictions) {
    Optional<Double> threshold = config().get(THRESHOLD);
    if (threshold.isPresent()) {
      return tf.dtypes.cast(
          tf.math.greater(predictions, tf.constant(threshold.get().floatValue())), TFloat32.class);
    }
    Operand<TFloat32> highest =
        tf.reduceMax(predictions, tf.constant(-1), ReduceMax.keepDims(true));
    // Of a row of zeros none is a yes.
    return tf.dtypes.cast(
        tf.math.logicalAnd(
            tf.math.greaterEqual(predictions, highest),
            tf.math.greater(tf.math.abs(predictions), tf.constant(1e-9f))),
        TFloat32.class);
  }

  @Override
  default double[] result(MetricSums sums) {
    double[] right = sums.get("true_positives");
    double[] wrong = sums.get("false_positives");
    double[] missed = sums.get("false_negatives");
    double[] scores = new double[right.length];
    double squared = beta() * beta();
    for (int i = 0; i < scores.length; i++) {
      double precision = right[i] / (right[i] + wrong[i] + Ratio.EPSILON);
      double recall = right[i] / (right[i] + missed[i] + Ratio.EPSILON);
      double mean = precision * recall / (squared * precision + recall + Ratio.EPSILON);
      scores[i] = mean * (1 + squared);
    }
    double[] support = sums.get("intermediate_weights");
    return config().get(AVERAGE).map(average -> average.of(scores, support)).orElse(scores);
  }
}
