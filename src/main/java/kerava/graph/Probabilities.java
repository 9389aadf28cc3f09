package kerava.graph;

import java.util.function.UnaryOperator;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/** Keeps what makes probabilities the last operation: losses look behind it for logits. */
public final class Probabilities {
  private Probabilities() {}

  /**
   * Moves numbers to other places, before they become probabilities where they are such.
   *
   * @param y what is to be moved, perhaps by a softmax or a sigmoid
   * @param move an operation that computes nothing, such as a squeeze; of a softmax, one that
   *     leaves the last axis as it is
   */
  public static <T extends TType> Operand<T> moved(
      Ops tf, Operand<T> y, UnaryOperator<Operand<T>> move) {
    if (y.op() instanceof GraphOperation made) {
      if (made.type().equals("Softmax")) {
        return again(y, tf.nn.softmax(logits(made, move)));
      }
      if (made.type().equals("Sigmoid")) {
        return again(y, tf.math.sigmoid(logits(made, move)));
      }
    }
    return move.apply(y);
  }

  /** What went in, which has the type of what came out. */
  @SuppressWarnings("unchecked")
  private static <T extends TType> Operand<? extends TNumber> logits(
      GraphOperation made, UnaryOperator<Operand<T>> move) {
    return (Operand<? extends TNumber>) move.apply((Operand<T>) made.input(0));
  }

  private static <T extends TType> Operand<T> again(Operand<T> y, Operand<?> probabilities) {
    return probabilities.asOutput().expect(y.type());
  }
}
