package kerava;

import kerava.config.Visible;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The labels of a batch in a graph.
 *
 * @param kind what they are
 * @param operand int32 of shape (batch) for class numbers, float32 of the predictions' shape for
 *     targets
 */
public record Labels(Kind kind, Operand<?> operand) {
  /** What labels are. */
  public enum Kind {
    /** One class number a sample. */
    CLASSES,
    /** Numbers of the same shape as the predictions, such as one-hot vectors. */
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

  /**
   * The class numbers, of shape (batch).
   *
   * @throws IllegalStateException if the labels are targets
   */
  public Operand<TInt32> classes() {
    return require(Kind.CLASSES).asOutput().expect(TInt32.class);
  }

  /**
   * The targets, of the predictions' shape.
   *
   * @throws IllegalStateException if the labels are class numbers
   */
  public Operand<TFloat32> targets() {
    return require(Kind.TARGETS).asOutput().expect(TFloat32.class);
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
