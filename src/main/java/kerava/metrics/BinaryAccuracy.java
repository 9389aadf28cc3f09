package kerava.metrics;

import java.util.Set;
import kerava.Labels;
import kerava.MeanMetric;
import kerava.Metric;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The share of numbers that are on the side of a threshold that the targets, 0 or 1, say: (batch,
 * n), (batch, n) → (batch); class numbers 0 and 1, of shape (batch), go with predictions of shape
 * (batch, 1).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/accuracy_metrics/#binaryaccuracy-class">Keras:
 *     BinaryAccuracy</a>
 */
public record BinaryAccuracy(Config config) implements MeanMetric, HigherIsBetter {
  private static final Key<Double> THRESHOLD = Key.of("threshold", Codec.number(), 0.5);

  /** How the metric is written and read. */
  public static final Schema<BinaryAccuracy> SCHEMA =
      Metric.schema("BinaryAccuracy", BinaryAccuracy::new, THRESHOLD);

  /** The metric for the threshold 0.5, under its own name. */
  public static BinaryAccuracy of() {
    return new BinaryAccuracy(SCHEMA.config());
  }

  /**
   * The metric, under its own name.
   *
   * @param threshold the greatest number that means no
   */
  public static BinaryAccuracy of(double threshold) {
    return new BinaryAccuracy(SCHEMA.config().with(THRESHOLD, threshold));
  }

  @Override
  public Set<Labels.Kind> labels() {
    return YesOrNo.LABELS;
  }

  @Override
  public Metric resolve(Labels.Kind kind, Shape output) {
    MeanMetric.super.resolve(kind, output);
    YesOrNo.require(this, kind, output);
    return this;
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    Operand<TFloat32> threshold = tf.constant(config.get(THRESHOLD).floatValue());
    Operand<TFloat32> yes = tf.dtypes.cast(tf.math.greater(predictions, threshold), TFloat32.class);
    return tf.dtypes.cast(
        tf.math.equal(YesOrNo.targets(tf, labels, predictions), yes), TFloat32.class);
  }

  @Override
  public Schema<BinaryAccuracy> schema() {
    return SCHEMA;
  }
}
