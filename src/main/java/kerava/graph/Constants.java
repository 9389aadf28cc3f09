package kerava.graph;

import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/** Arrays as constants of a graph. */
public final class Constants {
  private Constants() {}

  /** Adds a constant of an array's type and shape. */
  public static Operand<? extends TType> of(Ops tf, Array array) {
    try (Tensor tensor = Tensors.of(array)) {
      return tf.constantOf((TType) tensor);
    }
  }
}
