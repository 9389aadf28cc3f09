package kerava.initializers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Random numbers whose spread follows from the shape of a weight.
 *
 * <p>Our own, because tensorflow-framework 1.0.0's VarianceScaling draws uniform numbers from 0 to
 * the limit, without the negative half, and counts a convolution's receptive field wrongly; {@code
 * FrameworkDefectsTest} shows both.
 */
final class Scaling {
  private Scaling() {}

  /** How many inputs one output of a weight has: channels times the receptive field. */
  static double fanIn(Shape shape) {
    return switch (shape.numDimensions()) {
      case 0 -> 1;
      case 1 -> shape.get(0);
      default -> receptiveField(shape) * shape.get(shape.numDimensions() - 2);
    };
  }

  /** How many outputs one input of a weight has: filters times the receptive field. */
  static double fanOut(Shape shape) {
    return switch (shape.numDimensions()) {
      case 0 -> 1;
      case 1 -> shape.get(0);
      default -> receptiveField(shape) * shape.get(shape.numDimensions() - 1);
    };
  }

  private static double receptiveField(Shape shape) {
    double size = 1;
    for (int i = 0; i < shape.numDimensions() - 2; i++) {
      size *= shape.get(i);
    }
    return size;
  }

  /** Uniform numbers between ±limit. */
  static Operand<TFloat32> uniform(Ops tf, Shape shape, long seed, double limit) {
    Operand<TFloat32> unit =
        tf.random.statelessRandomUniform(dimensions(tf, shape), seeds(tf, seed), TFloat32.class);
    return tf.math.sub(
        tf.math.mul(unit, tf.constant((float) (2 * limit))), tf.constant((float) limit));
  }

  static Operand<TInt64> dimensions(Ops tf, Shape shape) {
    return tf.constant(shape.asArray());
  }

  static Operand<TInt64> seeds(Ops tf, long seed) {
    return tf.constant(new long[] {seed, 0});
  }
}
