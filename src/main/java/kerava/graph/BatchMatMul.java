package kerava.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** Products of many matrices at once. */
public final class BatchMatMul {
  private BatchMatMul() {}

  /**
   * The products, in the type of the matrices: (..., n, m), (..., m, k) → (..., n, k).
   *
   * <p>Those of float16 are computed in float32 and rounded: the operation that TensorFlow's
   * gradients are made of has no kernel for it.
   */
  public static <T extends TFloating> Operand<T> of(Ops tf, Operand<T> left, Operand<T> right) {
    if (left.type() != TFloat16.class) {
      return tf.train.batchMatMul(left, right, left.type());
    }
    Operand<TFloat32> product =
        tf.train.batchMatMul(
            Cast.to(tf, left, TFloat32.class), Cast.to(tf, right, TFloat32.class), TFloat32.class);
    return Cast.to(tf, product, left.type());
  }
}
