package kerava.metrics;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kerava.MetricBatch;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * How often predictions above thresholds are right, and those not above.
 *
 * <p>Thresholds at equal distances are counted by the bucket that a prediction falls into, with
 * Keras' arithmetic, so that a prediction that lies on a threshold counts as it does there.
 *
 * @param truePositives above and yes, by threshold, and by label where each is counted for itself
 * @param falsePositives above and no
 * @param trueNegatives not above and no
 * @param falseNegatives not above and yes
 */
record ConfusionCounts(
    Operand<TFloat32> truePositives,
    Operand<TFloat32> falsePositives,
    Operand<TFloat32> trueNegatives,
    Operand<TFloat32> falseNegatives) {
  private static final float LOWEST = -1e10f;

  /**
   * What is compared with what.
   *
   * @param thresholds the thresholds, rising
   * @param even whether they lie at equal distances from 0 to 1
   * @param topK how many of the highest predictions of a sample are looked at; all if empty
   * @param classId the only class that is looked at; all if empty
   * @param labelWeights what each label counts; 1 if empty
   * @param byLabel whether each label is counted for itself
   */
  record Comparison(
      List<Double> thresholds,
      boolean even,
      Optional<Integer> topK,
      Optional<Integer> classId,
      List<Double> labelWeights,
      boolean byLabel) {

    /** Thresholds alone; where there are none, one: 0.5, or below all where the highest count. */
    static Comparison of(Thresholds said, Optional<Integer> topK, Optional<Integer> classId) {
      double single = topK.isPresent() ? LOWEST : 0.5;
      List<Double> values = said.values().isEmpty() ? List.of(single) : said.values();
      boolean even = Thresholds.areEven(values);
      return new Comparison(values, even, topK, classId, List.of(), false);
    }
  }

  /**
   * Adds the operations of the counts.
   *
   * @param batch predictions, and labels that say yes or no to each number
   */
  static ConfusionCounts of(Ops tf, MetricBatch batch, Comparison how) {
    Operand<TFloat32> targets = YesOrNo.targets(tf, batch.labels(), batch.predictions());
    Operand<TFloat32> scores = how.topK().map(k -> top(tf, batch, k)).orElse(batch.predictions());
    Operand<TFloat32> weights = weights(tf, batch, how);
    Operand<TFloat32> yes =
        tf.dtypes.cast(tf.math.notEqual(targets, tf.constant(0f)), TFloat32.class);
    if (how.classId().isPresent()) {
      yes = only(tf, yes, how.classId().get());
      scores = only(tf, scores, how.classId().get());
      weights = only(tf, weights, how.classId().get());
    }
    int width = how.byLabel() ? Math.toIntExact(scores.shape().get(1)) : 1;
    Operand<TInt32> rows = tf.constant(new int[] {-1, width});
    Operand<TFloat32> right = tf.reshape(tf.math.mul(yes, weights), rows);
    Operand<TFloat32> wrong =
        tf.reshape(tf.math.mul(tf.math.sub(tf.constant(1f), yes), weights), rows);
    ConfusionCounts counts =
        how.even()
            ? bucketed(tf, new Sides(tf.reshape(scores, rows), right, wrong), how, width)
            : compared(tf, new Sides(tf.reshape(scores, rows), right, wrong), how);
    return how.byLabel() ? counts : counts.flat(tf, how.thresholds().size());
  }

  /**
   * Predictions, and what they count: each of shape (n, labels).
   *
   * @param scores the predictions
   * @param right the weights of those that are yes, else 0
   * @param wrong the weights of those that are no, else 0
   */
  private record Sides(
      Operand<TFloat32> scores, Operand<TFloat32> right, Operand<TFloat32> wrong) {}

  private static Operand<TFloat32> weights(Ops tf, MetricBatch batch, Comparison how) {
    Operand<TFloat32> weights = PerSample.spread(tf, batch.weights(), batch.predictions());
    return how.labelWeights().isEmpty()
        ? weights
        : tf.math.mul(weights, constant(tf, how.labelWeights()));
  }

  private static Operand<TFloat32> constant(Ops tf, List<Double> numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
    }
    return tf.constant(floats);
  }

  private static Operand<TFloat32> only(Ops tf, Operand<TFloat32> values, int number) {
    int last = values.shape().numDimensions() - 1;
    int classes = Math.toIntExact(values.shape().get(last));
    int place = number < 0 ? number + classes : number;
    return tf.gather(values, tf.constant(new int[] {place}), tf.constant(last));
  }

  /** The k highest of each row as they are, and the others below every threshold. */
  private static Operand<TFloat32> top(Ops tf, MetricBatch batch, int k) {
    Operand<TFloat32> scores = batch.predictions();
    int last = scores.shape().numDimensions() - 1;
    int classes = Math.toIntExact(scores.shape().get(last));
    Operand<TInt32> places = tf.nn.topK(scores, tf.constant(k), TInt32.class).indices();
    Operand<TFloat32> chosen =
        tf.reduceSum(
            tf.oneHot(places, tf.constant(classes), tf.constant(1f), tf.constant(0f)),
            tf.constant(-2));
    Operand<TFloat32> others = tf.math.sub(tf.constant(1f), chosen);
    return tf.math.add(tf.math.mul(scores, chosen), tf.math.mul(tf.constant(LOWEST), others));
  }

  private static ConfusionCounts bucketed(Ops tf, Sides sides, Comparison how, int width) {
    int count = how.thresholds().size();
    Operand<TFloat32> within = tf.clipByValue(sides.scores(), tf.constant(0f), tf.constant(1f));
    Operand<TFloat32> number =
        tf.math.sub(
            tf.math.ceil(tf.math.mul(within, tf.constant((float) count - 1))), tf.constant(1f));
    // Where the first threshold is below 0, all are above it.
    Operand<TFloat32> bucket = how.thresholds().get(0) < 0 ? tf.nn.relu(number) : number;
    int[] labels = IntStream.range(0, width).toArray();
    Operand<TInt32> place =
        tf.math.add(
            tf.math.mul(tf.dtypes.cast(bucket, TInt32.class), tf.constant(width)),
            tf.constant(labels));
    // Below the first threshold is in no bucket.
    Operand<TInt32> in =
        tf.select(
            tf.math.less(bucket, tf.zerosLike(bucket)),
            tf.math.sub(tf.zerosLike(place), tf.constant(1)),
            place);
    Operand<TFloat32> positives = above(tf, sides.right(), in, count, width);
    Operand<TFloat32> negatives = above(tf, sides.wrong(), in, count, width);
    Operand<TInt32> first = tf.constant(new int[] {0});
    return new ConfusionCounts(
        positives,
        negatives,
        tf.math.sub(tf.reduceSum(sides.wrong(), first), negatives),
        tf.math.sub(tf.reduceSum(sides.right(), first), positives));
  }

  /** What lies in each bucket and those above it: (n, labels) → (thresholds, labels). */
  private static Operand<TFloat32> above(
      Ops tf, Operand<TFloat32> values, Operand<TInt32> in, int count, int width) {
    Operand<TFloat32> sums = tf.math.unsortedSegmentSum(values, in, tf.constant(count * width));
    return tf.math.cumsum(
        tf.reshape(sums, tf.constant(new int[] {count, width})),
        tf.constant(0),
        Cumsum.reverse(true));
  }

  private static ConfusionCounts compared(Ops tf, Sides sides, Comparison how) {
    Operand<TInt32> front = tf.constant(0);
    Operand<TFloat32> thresholds =
        tf.reshape(constant(tf, how.thresholds()), tf.constant(new int[] {-1, 1, 1}));
    Operand<TFloat32> above =
        tf.dtypes.cast(
            tf.math.greater(tf.expandDims(sides.scores(), front), thresholds), TFloat32.class);
    Operand<TFloat32> below = tf.math.sub(tf.constant(1f), above);
    Operand<TFloat32> right = tf.expandDims(sides.right(), front);
    Operand<TFloat32> wrong = tf.expandDims(sides.wrong(), front);
    List<Operand<TFloat32>> counts =
        Stream.of(
                tf.math.mul(above, right),
                tf.math.mul(above, wrong),
                tf.math.mul(below, wrong),
                tf.math.mul(below, right))
            .<Operand<TFloat32>>map(each -> tf.reduceSum(each, tf.constant(1)))
            .toList();
    return new ConfusionCounts(counts.get(0), counts.get(1), counts.get(2), counts.get(3));
  }

  /** The same without the axis of labels. */
  private ConfusionCounts flat(Ops tf, int count) {
    Operand<TInt32> shape = tf.constant(new int[] {count});
    return new ConfusionCounts(
        tf.reshape(truePositives, shape),
        tf.reshape(falsePositives, shape),
        tf.reshape(trueNegatives, shape),
        tf.reshape(falseNegatives, shape));
  }
}
