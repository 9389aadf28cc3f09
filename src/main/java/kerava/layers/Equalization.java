package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * Makes each brightness about as frequent as any other, channel by channel, in training: (batch,
 * height, width, channels) → the same. A channel of one number stays.
 *
 * <p>Outside training the images stay. As in Keras, brightness is counted over the whole batch, so
 * that an image's pixels follow from the others', too, and a gradient passes only where the images
 * stay. Keras itself takes the layer into a model only within a {@link Pipeline}.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/equalization/">Keras:
 *     Equalization</a>
 */
public record Equalization(Config config) implements UnaryLayer, ValueRangeArgument<Equalization> {
  private static final int WHITE = 255;
  private static final Key<Integer> BINS = Key.of("bins", Codec.positive(), 256);

  /** How the layer is written and read. */
  public static final Schema<Equalization> SCHEMA =
      Layer.schema("Equalization", Equalization::new, BINS, VALUE_RANGE)
          .with(DataFormat.KEY, BoxFormat.KEY);

  /** The layer with 256 bins. */
  public static Equalization of() {
    return new Equalization(SCHEMA.config());
  }

  /**
   * The same layer that tells fewer or more degrees of brightness apart; 256 by default.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Equalization bins(int bins) {
    return new Equalization(config.with(BINS, bins));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return inputs.image();
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return scope.training() ? equalized(scope.tf(), x) : x;
  }

  /** What becomes of images in training. */
  Operand<TFloat32> equalized(Ops tf, Operand<TFloat32> x) {
    List<Operand<TFloat32>> channels = new ArrayList<>();
    for (int i = 0; i < x.shape().get(3); i++) {
      channels.add(equalizedChannel(tf, Colors.channel(tf, x, i)));
    }
    return tf.stack(channels, Stack.axis(-1L));
  }

  private Operand<TFloat32> equalizedChannel(Ops tf, Operand<TFloat32> own) {
    Range values = config.get(VALUE_RANGE);
    Operand<TFloat32> channel = scaled(tf, own, values, Range.PIXELS);
    Operand<TInt32> counts = counts(tf, channel);
    Operand<TInt32> used =
        tf.sum(
            tf.dtypes.cast(tf.math.greater(counts, tf.constant(0)), TInt32.class), tf.constant(0));
    Operand<TBool> single = tf.math.lessEqual(used, tf.constant(1));
    Operand<TFloat32> equal =
        tf.stopGradient(tf.gather(table(tf, counts), bins(tf, channel), tf.constant(0)));
    return scaled(tf, tf.select(single, channel, equal), Range.PIXELS, values);
  }

  /** How often each brightness occurs in the batch: (bins). */
  private Operand<TInt32> counts(Ops tf, Operand<TFloat32> channel) {
    int bins = config.get(BINS);
    Operand<TFloat32> place =
        tf.math.div(
            tf.math.mul(channel, tf.constant((float) (bins - 1))), tf.constant((float) WHITE));
    Operand<TInt32> bin =
        tf.clipByValue(tf.dtypes.cast(place, TInt32.class), tf.constant(0), tf.constant(bins - 1));
    return tf.math.bincount(
        tf.reshape(bin, tf.constant(new int[] {-1})), tf.constant(bins), tf.constant(new int[0]));
  }

  /** What each brightness becomes: (bins). */
  private static Operand<TFloat32> table(Ops tf, Operand<TInt32> counts) {
    Operand<TInt32> upTo = tf.math.cumsum(counts, tf.constant(0));
    Operand<TInt32> first =
        tf.min(
            tf.select(tf.math.greater(upTo, tf.constant(0)), upTo, tf.constant(Integer.MAX_VALUE)),
            tf.constant(0));
    Operand<TInt32> all = tf.sum(counts, tf.constant(0));
    Operand<TInt32> rest = tf.math.maximum(tf.math.sub(all, first), tf.constant(1));
    Operand<TInt32> above = tf.math.mul(tf.math.sub(upTo, first), tf.constant(WHITE));
    // Halves are rounded to the even number, so that a division in float32 would show.
    Operand<TFloat64> share =
        tf.math.div(tf.dtypes.cast(above, TFloat64.class), tf.dtypes.cast(rest, TFloat64.class));
    return Range.PIXELS.clip(tf, tf.dtypes.cast(tf.math.round(share), TFloat32.class));
  }

  private Operand<TInt32> bins(Ops tf, Operand<TFloat32> channel) {
    float last = config.get(BINS) - 1;
    Operand<TFloat32> place =
        tf.math.mul(tf.math.div(channel, tf.constant((float) WHITE)), tf.constant(last));
    return tf.dtypes.cast(tf.clipByValue(place, tf.constant(0f), tf.constant(last)), TInt32.class);
  }

  private static Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> x, Range from, Range to) {
    double scale = (to.upper() - to.lower()) / (from.upper() - from.lower());
    double offset = to.lower() - from.lower() * scale;
    return tf.math.add(tf.math.mul(x, tf.constant((float) scale)), tf.constant((float) offset));
  }

  @Override
  public Schema<Equalization> schema() {
    return SCHEMA;
  }
}
