package kerava.graph;

import java.util.Arrays;
import org.tensorflow.ndarray.Shape;

/**
 * What is known of a value before it is computed.
 *
 * @param shape batch dimension first; -1 where a dimension is not known
 * @param type of its elements
 */
public record TensorSpec(Shape shape, DType type) {
  /** A value of float32. */
  public static TensorSpec floats(Shape shape) {
    return new TensorSpec(shape, DType.FLOAT32);
  }

  /** Equal if type and all dimensions are, known or not. */
  @Override
  public boolean equals(Object other) {
    // TensorFlow's shapes with an unknown dimension equal nothing, not even themselves.
    return other instanceof TensorSpec that
        && type == that.type
        && Arrays.equals(shape.asArray(), that.shape.asArray());
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape.asArray()) + type.hashCode();
  }

  /** {@code float32 [?, 10]}. */
  @Override
  public String toString() {
    return type + " " + shape;
  }
}
