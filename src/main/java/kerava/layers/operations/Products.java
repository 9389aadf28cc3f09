package kerava.layers.operations;

import kerava.graph.BatchProduct;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Products of matrices. */
final class Products {
  private Products() {}

  /** As numpy's: a vector is a row on the left and a column on the right. */
  static Operand<TFloat32> matmul(Ops tf, Operand<TFloat32> x, Operand<TFloat32> y) {
    int left = x.shape().numDimensions();
    int right = y.shape().numDimensions();
    if (left < 1 || right < 1) {
      throw new IllegalArgumentException("Matmul: expected vectors or matrices, got a number.");
    }
    if (left == 1) {
      int axis = right == 1 ? 0 : right - 2;
      return tf.squeeze(matmul(tf, tf.expandDims(x, tf.constant(0)), y), squeezed(axis));
    }
    if (right == 1) {
      return tf.squeeze(matmul(tf, x, tf.expandDims(y, tf.constant(1))), squeezed(left - 1));
    }
    return left == 2 && right == 2 ? tf.linalg.matMul(x, y) : BatchProduct.of(tf, x, y);
  }

  private static org.tensorflow.op.core.Squeeze.Options squeezed(long axis) {
    return org.tensorflow.op.core.Squeeze.axis(java.util.List.of(axis));
  }

  /** As numpy's, where the second operand is a matrix, a vector or a number. */
  static Operand<TFloat32> dot(Ops tf, Operand<TFloat32> x, Operand<TFloat32> y) {
    int right = y.shape().numDimensions();
    if (x.shape().numDimensions() == 0 || right == 0) {
      return tf.math.mul(x, y);
    }
    if (right > 2) {
      throw new IllegalArgumentException(
          "Dot x2: expected a matrix, a vector or a number, got " + y.shape() + ".");
    }
    return matmul(tf, x, y);
  }
}
