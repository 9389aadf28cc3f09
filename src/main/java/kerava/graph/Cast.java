package kerava.graph;

import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** Turns numbers from one floating point type into another, where they are not of it already. */
public final class Cast {
  private Cast() {}

  /** The operand in a type; itself if it is of that type. */
  @SuppressWarnings("unchecked") // guarded by the comparison of the types
  public static <T extends TFloating> Operand<T> to(
      Ops tf, Operand<? extends TFloating> x, Class<T> type) {
    return x.type().equals(type) ? (Operand<T>) x : tf.dtypes.cast(x, type);
  }

  /** Computes in float32, and rounds the result to the type of the operand. */
  public static <T extends TFloating> Operand<T> inFloat32(
      Ops tf, Operand<T> x, UnaryOperator<Operand<TFloat32>> function) {
    return to(tf, function.apply(to(tf, x, TFloat32.class)), x.type());
  }
}
