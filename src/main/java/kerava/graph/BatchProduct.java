package kerava.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.family.TType;

/**
 * Products of many matrices at once.
 *
 * <p>TensorFlow Java's own operation is the third version, which TensorFlow does not compute
 * together with others. The gradient of each version is made of the third, which has no kernel for
 * float16 on a CPU; a sum in Einstein's notation has one, and a gradient of its own kind.
 */
public final class BatchProduct {
  private BatchProduct() {}

  /**
   * The products of matrices along the last two axes; axes before are stretched to each other.
   *
   * @param x of shape (..., rows, inner)
   * @param y of shape (..., inner, columns)
   */
  public static <T extends TType> Operand<T> of(Ops tf, Operand<T> x, Operand<T> y) {
    return of(tf, x, y, false);
  }

  /**
   * The products of matrices with others on their sides.
   *
   * @param x of shape (..., rows, inner)
   * @param y of shape (..., columns, inner)
   */
  public static <T extends TType> Operand<T> transposed(Ops tf, Operand<T> x, Operand<T> y) {
    return of(tf, x, y, true);
  }

  private static <T extends TType> Operand<T> of(
      Ops tf, Operand<T> x, Operand<T> y, boolean transposed) {
    if (x.type().equals(TFloat16.class)) {
      String right = transposed ? "...jk" : "...kj";
      return tf.linalg.einsum(List.of(x, y), "...ik," + right + "->...ij");
    }
    return tf.scope()
        .env()
        .opBuilder("BatchMatMulV2", tf.scope().makeOpName("BatchMatMul"), tf.scope())
        .addInput(x.asOutput())
        .addInput(y.asOutput())
        .setAttr("adj_x", false)
        .setAttr("adj_y", transposed)
        .build()
        .output(0);
  }
}
