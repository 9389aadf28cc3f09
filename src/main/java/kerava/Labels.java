package kerava;

import kerava.config.Visible;
import kerava.graph.Array;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The labels of a batch in a graph.
 *
 * @param kind what they are
 * @param operand int32 for class numbers, float32 for targets; of the shape that the loss says
 */
public record Labels(Kind kind, Operand<?> operand) {
  /** What labels are. */
  public enum Kind {
    /** Class numbers: one a sample, or of each position or step in it. */
    CLASSES,
    /** Numbers such as one-hot vectors, mostly of the same shape as the predictions. */
    TARGETS
  }

  /** Labels that are class numbers. */
  public static Labels classes(Operand<TInt32> operand) {
    return new Labels(Kind.CLASSES, operand);
  }

  /** Labels that are targets. */
  public static Labels targets(Operand<TFloat32> operand) {
    return new Labels(Kind.TARGETS, operand);
  }

  /** Labels of the same kind, such as those of a part of the samples. */
  public Labels with(Operand<?> other) {
    return new Labels(kind, other);
  }

  /**
   * The class numbers, of shape (batch, ...).
   *
   * @throws IllegalStateException if the labels are targets
   */
  public Operand<TInt32> classes() {
    return require(Kind.CLASSES).asOutput().expect(TInt32.class);
  }

  /**
   * The targets, of shape (batch, ...).
   *
   * @throws IllegalStateException if the labels are class numbers
   */
  public Operand<TFloat32> targets() {
    return require(Kind.TARGETS).asOutput().expect(TFloat32.class);
  }

  /**
   * Class numbers of samples that have one each.
   *
   * @param where who wants them, as a message should say it
   * @param labels as a data set gives them
   * @throws IllegalArgumentException if they are targets, or several a sample
   */
  public static int[] onePerSample(String where, Array labels) {
    if (labels.type() != Array.Type.INT32) {
      throw new IllegalArgumentException(
          where + ": expected class numbers (INT32), got " + labels + ".");
    }
    if (labels.shape().numDimensions() != 1) {
      throw new IllegalArgumentException(
          where + ": expected one class number a sample, got " + labels + ".");
    }
    return labels.ints();
  }

  private Operand<?> require(Kind wanted) {
    if (kind != wanted) {
      throw new IllegalStateException(
          Visible.of(
              "Labels: expected "
                  + wanted
                  + ", got "
                  + kind
                  + ". Do the loss and the metrics agree?"));
    }
    return operand;
  }
}
