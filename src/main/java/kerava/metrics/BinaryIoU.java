package kerava.metrics;

import java.util.Arrays;
import java.util.List;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean, over the classes 0 and 1, of how much labels and predictions of a class have in common,
 * over all that is the one or the other: (batch, ...), (batch, ...) → one number.
 *
 * <p>By default both classes are looked at, predictions of at least 0.5 are class 1, and weights
 * are cut to whole numbers, as Keras does.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/segmentation_metrics/#binaryiou-class">Keras:
 *     BinaryIoU</a>
 */
public record BinaryIoU(Config config) implements IoUMetric<BinaryIoU> {
  private static final Key<List<Integer>> TARGETS =
      Key.of(
          "target_class_ids",
          Codec.list(Codec.integer().where("0 or 1", id -> id == 0 || id == 1))
              .where("some of the classes 0 and 1", ids -> !ids.isEmpty()),
          List.of(0, 1));
  private static final Key<Double> THRESHOLD = Key.of("threshold", Codec.number(), 0.5);

  /** How the metric is written and read. */
  public static final Schema<BinaryIoU> SCHEMA =
      IoUMetric.schema("BinaryIoU", BinaryIoU::new, TARGETS, THRESHOLD);

  /** The metric of both classes, under its own name. */
  public static BinaryIoU of() {
    return new BinaryIoU(SCHEMA.config());
  }

  /** The same with another threshold: the least prediction that is class 1. */
  public BinaryIoU threshold(double number) {
    return new BinaryIoU(config.with(THRESHOLD, number));
  }

  /** The same of some of the classes. */
  public BinaryIoU targets(int... classes) {
    return new BinaryIoU(config.with(TARGETS, Arrays.stream(classes).boxed().toList()));
  }

  @Override
  public int numClasses() {
    return 2;
  }

  @Override
  public List<Integer> targetClasses() {
    return config.get(TARGETS);
  }

  @Override
  public Operand<TFloat32> classes(Ops tf, Operand<TFloat32> predictions) {
    Operand<TFloat32> threshold = tf.constant(config.get(THRESHOLD).floatValue());
    return tf.dtypes.cast(tf.math.greaterEqual(predictions, threshold), TFloat32.class);
  }

  @Override
  public boolean sparseLabels() {
    return true;
  }

  @Override
  public boolean sparsePredictions() {
    return true;
  }

  @Override
  public Schema<BinaryIoU> schema() {
    return SCHEMA;
  }
}
