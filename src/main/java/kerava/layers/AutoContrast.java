package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Min;
import org.tensorflow.types.TFloat32;

/**
 * Stretches each channel of each image to the whole range of pixels, in training and otherwise:
 * (batch, height, width, channels) → the same. A channel of one number stays.
 *
 * <p>As in Keras, of images with their channels first it is each column of pixels that is
 * stretched, over all channels and rows.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/auto_contrast/">Keras:
 *     AutoContrast</a>
 */
public record AutoContrast(Config config) implements UnaryLayer, ValueRangeArgument<AutoContrast> {
  private static final float WHITE = 255;

  /** How the layer is written and read. */
  public static final Schema<AutoContrast> SCHEMA =
      Layer.schema("AutoContrast", AutoContrast::new, VALUE_RANGE)
          .with(ChannelOrder.KEY, BoxFormat.KEY);

  /** The layer. */
  public static AutoContrast of() {
    return new AutoContrast(SCHEMA.config());
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return inputs.image();
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Range values = config.get(VALUE_RANGE);
    Operand<TFloat32> pixels = values.moved(tf, x, Range.PIXELS);
    Operand<TFloat32> low = tf.min(pixels, tf.constant(new int[] {1, 2}), Min.keepDims(true));
    Operand<TFloat32> high = tf.max(pixels, tf.constant(new int[] {1, 2}), Max.keepDims(true));
    Operand<TFloat32> scale = tf.math.div(tf.constant(WHITE), tf.math.sub(high, low));
    Operand<TFloat32> offset = tf.math.mul(tf.math.neg(low), scale);
    Operand<TFloat32> stretched =
        Range.PIXELS.clip(tf, tf.math.add(tf.math.mul(pixels, scale), offset));
    Operand<TFloat32> result = Range.PIXELS.moved(tf, stretched, values);
    return tf.select(tf.math.isNan(result), x, result);
  }

  @Override
  public Schema<AutoContrast> schema() {
    return SCHEMA;
  }
}
