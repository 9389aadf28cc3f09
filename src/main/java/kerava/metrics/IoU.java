package kerava.metrics;

import java.util.Arrays;
import java.util.List;
import kerava.config.Config;
import kerava.config.Schema;

/**
 * The mean, over some classes, of how much labels and predictions of a class have in common, over
 * all that is the one or the other: (batch, ...), (batch, ...) → one number.
 *
 * <p>By default labels and predictions are class numbers, and weights are cut to whole numbers, as
 * Keras does.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/segmentation_metrics/#iou-class">Keras: IoU</a>
 */
public record IoU(Config config) implements SparseIoU<IoU> {
  /** How the metric is written and read. */
  public static final Schema<IoU> SCHEMA =
      IoUMetric.schema(
          "IoU",
          IoU::new,
          NUM_CLASSES,
          TARGET_CLASS_IDS,
          IGNORE_CLASS,
          SPARSE_Y_TRUE,
          SPARSE_Y_PRED,
          AXIS);

  /**
   * Takes arguments that go together.
   *
   * @throws IllegalArgumentException if a class is none of those there are
   */
  public IoU {
    IoUClasses.require("IoU", config);
  }

  /**
   * The metric of some classes, under its own name.
   *
   * @param classes how many classes there are
   * @param targets those that are looked at
   * @throws IllegalArgumentException if one of them is none of the classes
   */
  public static IoU of(int classes, int... targets) {
    List<Integer> ids = Arrays.stream(targets).boxed().toList();
    Config config = SCHEMA.config().with(NUM_CLASSES, classes);
    return new IoU(config.with(TARGET_CLASS_IDS, ids));
  }

  @Override
  public List<Integer> targetClasses() {
    return config.get(TARGET_CLASS_IDS);
  }

  @Override
  public Schema<IoU> schema() {
    return SCHEMA;
  }
}
