package kerava.layers;

import kerava.Inputs;
import org.tensorflow.ndarray.Shape;

/**
 * A window that moves over an image.
 *
 * @param size its size, holes of a dilated kernel included
 * @param strides its step
 * @param padding what it does at the border
 */
record Window(Size2D size, Size2D strides, Padding padding) {
  /** The shape of what the window gives: (batch, height', width', channels). */
  Shape outputShape(Inputs inputs, long channels) {
    Shape x = inputs.image();
    long height = padding.outputDimension(x.get(1), size.height(), strides.height());
    long width = padding.outputDimension(x.get(2), size.width(), strides.width());
    if (tooSmall(x.get(1), size.height()) || tooSmall(x.get(2), size.width())) {
      throw inputs.refuse("an image of at least " + size, "Is it pooled once too often?");
    }
    return Shape.of(x.get(0), height, width, channels);
  }

  private boolean tooSmall(long input, int window) {
    return padding == Padding.VALID && input != Shape.UNKNOWN_SIZE && input < window;
  }
}
