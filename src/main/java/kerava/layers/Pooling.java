package kerava.layers;

import kerava.Inputs;
import kerava.config.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** What poolings have in common. */
final class Pooling {

  private Pooling() {}

  /** What is left of images when each channel becomes one number. */
  static Shape globalShape(Config config, Inputs inputs) {
    Shape x = inputs.image();
    return config.get(GlobalPooling2DArguments.KEEPDIMS)
        ? Shape.of(x.get(0), 1, 1, x.get(3))
        : Shape.of(x.get(0), x.get(3));
  }

  /** The window; it steps by its own size unless told otherwise. */
  static Window window(Config config) {
    Size2D size = config.get(Pooling2DArguments.POOL_SIZE);
    return new Window(
        size,
        config.get(Pooling2DArguments.STRIDES).orElse(size),
        config.get(Pooling2DArguments.PADDING));
  }

  /** The axes of the height and the width. */
  static Operand<TInt32> spatialAxes(Ops tf) {
    return tf.constant(new int[] {1, 2});
  }
}
