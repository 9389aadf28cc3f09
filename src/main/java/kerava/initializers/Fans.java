package kerava.initializers;

import org.tensorflow.ndarray.Shape;

/**
 * How many inputs and outputs a weight connects.
 *
 * <p>Our own, because tensorflow-framework 1.0.0 counts a convolution's receptive field wrongly;
 * {@code FrameworkDefectsTest} shows it.
 */
final class Fans {
  private Fans() {}

  /** How many inputs one output has: channels times the receptive field. */
  static double in(Shape shape) {
    return fan(shape, 2);
  }

  /** How many outputs one input has: filters times the receptive field. */
  static double out(Shape shape) {
    return fan(shape, 1);
  }

  private static double fan(Shape shape, int fromEnd) {
    return switch (shape.numDimensions()) {
      case 0 -> 1;
      case 1 -> shape.get(0);
      default -> receptiveField(shape) * shape.get(shape.numDimensions() - fromEnd);
    };
  }

  private static double receptiveField(Shape shape) {
    double size = 1;
    for (int i = 0; i < shape.numDimensions() - 2; i++) {
      size *= shape.get(i);
    }
    return size;
  }
}
