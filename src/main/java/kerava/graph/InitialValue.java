package kerava.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Makes the first value of a weight. */
@FunctionalInterface
public interface InitialValue {
  /**
   * Adds the operations that make the value. They run once, in no order among the weights, so they
   * must not read another weight.
   *
   * @param tf where to add them
   * @param shape the shape of the weight
   * @param seed differs from weight to weight and is the same in every run with the same seed
   * @return the value, of that shape
   */
  Operand<TFloat32> value(Ops tf, Shape shape, long seed);

  /** The same number everywhere. */
  static InitialValue constant(float number) {
    return (tf, shape, seed) -> tf.fill(tf.constant(shape.asArray()), tf.constant(number));
  }
}
