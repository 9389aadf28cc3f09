package kerava.graph;

import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/** Turns numbers from one floating point type into another, where they are not of it already. */
public final class Cast {
  private Cast() {}

  /** The operand in a type; itself if it is of that type. */
  @SuppressWarnings("unchecked") // guarded by the comparison of the types
  public static <T extends TFloating> Operand<T> to(
      Ops tf, Operand<? extends TFloating> x, Class<T> type) {
    return x.type().equals(type) ? (Operand<T>) x : tf.dtypes.cast(x, type);
  }

  /**
   * Numbers or truths of any type in another; themselves if they are of that type. No gradient
   * flows back from or to what are no floats: TensorFlow in Java would round it.
   *
   * @throws IllegalArgumentException if they are texts
   */
  @SuppressWarnings("unchecked") // guarded by the comparison of the types
  public static <T extends TType> Operand<T> numbers(
      Ops tf, Operand<? extends TType> x, Class<T> type) {
    if (x.type().equals(type)) {
      return (Operand<T>) x;
    }
    Operand<T> cast = tf.dtypes.cast(x, type);
    return isFloating(x.type()) && isFloating(type) ? cast : tf.stopGradient(cast);
  }

  private static boolean isFloating(Class<?> type) {
    return TFloating.class.isAssignableFrom(type);
  }

  /** Floating point numbers of any width as float32; all else as it is. */
  public static Operand<? extends TType> widened(Ops tf, Operand<? extends TType> x) {
    return TFloating.class.isAssignableFrom(x.type()) ? numbers(tf, x, TFloat32.class) : x;
  }

  /** Computes in float32, and rounds the result to the type of the operand. */
  public static <T extends TFloating> Operand<T> inFloat32(
      Ops tf, Operand<T> x, UnaryOperator<Operand<TFloat32>> function) {
    return to(tf, function.apply(to(tf, x, TFloat32.class)), x.type());
  }
}
