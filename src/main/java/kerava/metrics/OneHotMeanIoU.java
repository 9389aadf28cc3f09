package kerava.metrics;

import kerava.config.Config;
import kerava.config.Schema;

/**
 * The mean, over all classes, of how much one-hot labels and predictions of a class have in common,
 * over all that is the one or the other: (batch, ..., classes), (batch, ..., classes) → one number.
 *
 * <p>By default predictions are scores, and weights are cut to whole numbers, as Keras does.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/segmentation_metrics/#onehotmeaniou-class">Keras:
 *     OneHotMeanIoU</a>
 */
public record OneHotMeanIoU(Config config) implements OneHotClasses<OneHotMeanIoU> {
  /** How the metric is written and read. */
  public static final Schema<OneHotMeanIoU> SCHEMA =
      IoUMetric.schema(
          "OneHotMeanIoU", OneHotMeanIoU::new, NUM_CLASSES, IGNORE_CLASS, SPARSE_Y_PRED, AXIS);

  /**
   * The metric, under its own name.
   *
   * @param classes how many classes there are
   */
  public static OneHotMeanIoU of(int classes) {
    return new OneHotMeanIoU(SCHEMA.config().with(NUM_CLASSES, classes));
  }

  @Override
  public Schema<OneHotMeanIoU> schema() {
    return SCHEMA;
  }
}
