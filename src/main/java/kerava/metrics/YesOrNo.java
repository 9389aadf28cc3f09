package kerava.metrics;

import java.util.Set;
import kerava.Labels;
import kerava.Metric;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Labels that say yes or no to each number of a prediction. */
final class YesOrNo {
  /** Targets of the predictions' shape, or class numbers 0 and 1 beside single predictions. */
  static final Set<Labels.Kind> LABELS = Set.of(Labels.Kind.CLASSES, Labels.Kind.TARGETS);

  private YesOrNo() {}

  /**
   * Refuses class numbers beside predictions of several classes.
   *
   * @throws IllegalArgumentException if they are
   */
  static void require(Metric metric, Labels.Kind kind, Shape output) {
    int rank = output.numDimensions();
    if (kind == Labels.Kind.CLASSES && rank > 1 && output.get(rank - 1) != 1) {
      throw metric.refused(
          "targets, or class numbers beside one output",
          "class numbers beside outputs of shape " + output,
          "Dataset.oneHot() makes targets of class numbers.");
    }
  }

  /** The labels as floats of the predictions' shape. */
  static Operand<TFloat32> targets(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return switch (labels.kind()) {
      case TARGETS -> labels.targets();
      case CLASSES ->
          tf.reshape(tf.dtypes.cast(labels.classes(), TFloat32.class), tf.shape(predictions));
    };
  }
}
