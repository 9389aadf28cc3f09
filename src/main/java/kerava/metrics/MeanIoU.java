package kerava.metrics;

import kerava.config.Config;
import kerava.config.Schema;

/**
 * The mean, over all classes, of how much labels and predictions of a class have in common, over
 * all that is the one or the other: (batch, ...), (batch, ...) → one number.
 *
 * <p>By default labels and predictions are class numbers, and weights are cut to whole numbers, as
 * Keras does.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/segmentation_metrics/#meaniou-class">Keras:
 *     MeanIoU</a>
 */
public record MeanIoU(Config config) implements SparseIoU<MeanIoU> {
  /** How the metric is written and read. */
  public static final Schema<MeanIoU> SCHEMA =
      IoUMetric.schema(
          "MeanIoU", MeanIoU::new, NUM_CLASSES, IGNORE_CLASS, SPARSE_Y_TRUE, SPARSE_Y_PRED, AXIS);

  /**
   * The metric, under its own name.
   *
   * @param classes how many classes there are
   */
  public static MeanIoU of(int classes) {
    return new MeanIoU(SCHEMA.config().with(NUM_CLASSES, classes));
  }

  @Override
  public Schema<MeanIoU> schema() {
    return SCHEMA;
  }
}
