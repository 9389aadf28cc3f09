package kerava.layers;

import java.util.List;
import java.util.function.Function;
import kerava.Inputs;
import kerava.config.Codec;
import kerava.config.Key;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Where images have their channels, for the few layers that do not give the same images either way
 * because Keras takes the wrong axes.
 */
enum ChannelOrder {
  /** (batch, height, width, channels). */
  CHANNELS_LAST,
  /** (batch, channels, height, width). */
  CHANNELS_FIRST;

  /** The key of layers that see to the order themselves. */
  static final Key<ChannelOrder> KEY =
      Key.of("data_format", Codec.choice(ChannelOrder.class), CHANNELS_LAST);

  /**
   * The only shape, of images of this order with known channels.
   *
   * @throws IllegalArgumentException if it is another
   */
  Shape images(Inputs inputs) {
    return checked(inputs, Inputs::image);
  }

  /**
   * The only shape, of images of this order that are in colors or gray.
   *
   * @throws IllegalArgumentException if it is another
   */
  Shape rgbOrGray(Inputs inputs) {
    return checked(inputs, Colors::rgbOrGray);
  }

  private Shape checked(Inputs inputs, Function<Inputs, Shape> check) {
    Shape own = inputs.single(4, "batch, " + axes(), "");
    Shape last =
        this == CHANNELS_LAST ? own : Shape.of(own.get(0), own.get(2), own.get(3), own.get(1));
    Shape checked = check.apply(new Inputs(inputs.where(), List.of(last)));
    return this == CHANNELS_LAST
        ? checked
        : Shape.of(checked.get(0), checked.get(3), checked.get(1), checked.get(2));
  }

  private String axes() {
    return this == CHANNELS_LAST ? "height, width, channels" : "channels, height, width";
  }

  /** Images of this order with their channels last. */
  Operand<TFloat32> toLast(Ops tf, Operand<TFloat32> images) {
    return this == CHANNELS_LAST
        ? images
        : tf.linalg.transpose(images, tf.constant(new int[] {0, 2, 3, 1}));
  }

  /** Images with their channels last in this order. */
  Operand<TFloat32> fromLast(Ops tf, Operand<TFloat32> images) {
    return this == CHANNELS_LAST
        ? images
        : tf.linalg.transpose(images, tf.constant(new int[] {0, 3, 1, 2}));
  }
}
