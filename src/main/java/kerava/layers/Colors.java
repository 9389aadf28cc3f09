package kerava.layers;

import java.util.List;
import kerava.Inputs;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;

/** Images of red, green and blue. */
final class Colors {
  /** How bright red, green and blue are to the eye, as Keras rounds it. */
  private static final float[] BRIGHTNESS = {0.2989f, 0.587f, 0.114f};

  private Colors() {}

  /**
   * The only shape, of images with three channels.
   *
   * @throws IllegalArgumentException if it is another
   */
  static Shape rgb(Inputs inputs) {
    return ofChannels(inputs, List.of(3L), "3 channels (red, green, blue)");
  }

  /**
   * The only shape, of images that are in colors or gray.
   *
   * @throws IllegalArgumentException if it is another
   */
  static Shape rgbOrGray(Inputs inputs) {
    return ofChannels(inputs, List.of(1L, 3L), "1 channel or 3");
  }

  private static Shape ofChannels(Inputs inputs, List<Long> channels, String words) {
    Shape shape = inputs.image();
    if (!channels.contains(shape.get(3))) {
      throw inputs.refuse("images of " + words, "");
    }
    return shape;
  }

  /** Images without colors: (batch, height, width, 3 or 1) → (batch, height, width, 1). */
  static Operand<TFloat32> gray(Ops tf, Operand<TFloat32> images) {
    return images.shape().get(3) == 1
        ? images
        : tf.sum(tf.math.mul(images, tf.constant(BRIGHTNESS)), tf.constant(3), Sum.keepDims(true));
  }

  /** One channel of images: (batch, height, width, channels) → (batch, height, width). */
  static Operand<TFloat32> channel(Ops tf, Operand<TFloat32> images, int index) {
    return tf.gather(images, tf.constant(index), tf.constant(3));
  }
}
