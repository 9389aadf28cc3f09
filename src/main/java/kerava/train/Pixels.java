package kerava.train;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * Where inputs enter a graph.
 *
 * @param bytes inputs as bytes, (batch, ...)
 * @param divisor what bytes are divided by, a scalar
 * @param inputs inputs as the model sees them; fed instead of the bytes where data are floats
 */
record Pixels(Operand<TUint8> bytes, Operand<TFloat32> divisor, Operand<TFloat32> inputs) {
  static Pixels add(Ops tf, Shape shape) {
    Operand<TUint8> bytes =
        tf.withName("pixels").placeholder(TUint8.class, Placeholder.shape(shape));
    Operand<TFloat32> divisor =
        tf.withName("divisor").placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    // The division stays in the graph, so that a byte travels where a float would.
    Operand<TFloat32> inputs =
        tf.withName("inputs").math.div(tf.dtypes.cast(bytes, TFloat32.class), divisor);
    return new Pixels(bytes, divisor, inputs);
  }
}
