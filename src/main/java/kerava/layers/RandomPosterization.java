package kerava.layers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.function.UnaryOperator;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.Source;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * Keeps fewer bits of each pixel of images in training: (batch, height, width, channels) → the
 * same.
 *
 * <p>The same seed and step give the same images; outside training the images stay. No gradient
 * passes through it in training, so what comes before it cannot have weights to train. As in Keras,
 * a single number of bits b stands for 1 to b, and of two numbers the greater one is never drawn.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_posterization/">Keras:
 *     RandomPosterization</a>
 */
public record RandomPosterization(Config config)
    implements DrawnAugmentation<RandomPosterization>, ValueRangeArgument<RandomPosterization> {
  private static final int MOST = 8;
  private static final Key<Bits> FACTOR =
      Key.required(
          "factor",
          Codec.of(Bits.EXPECTED, Bits::write, Bits::read).where(Bits.EXPECTED, Bits::fits));

  private record Bits(int least, int most) {
    static final String EXPECTED = "a whole number or two, from 1 to 8";

    static Bits read(Source source) {
      if (!source.node().isArray()) {
        return new Bits(1, Codec.integer().read(source));
      }
      if (source.node().size() != 2) {
        throw source.refuse(EXPECTED);
      }
      int one = Codec.integer().read(source.item(0));
      int other = Codec.integer().read(source.item(1));
      return new Bits(Math.min(one, other), Math.max(one, other));
    }

    com.fasterxml.jackson.databind.JsonNode write() {
      return JsonNodeFactory.instance.arrayNode().add(least).add(most);
    }

    boolean fits() {
      return least >= 1 && least <= most && most <= MOST;
    }
  }

  /** How the layer is written and read. */
  public static final Schema<RandomPosterization> SCHEMA =
      Layer.schema("RandomPosterization", RandomPosterization::new, FACTOR, VALUE_RANGE, SEED)
          .with(DataFormat.KEY, BoxFormat.KEY);

  /**
   * The layer that draws a number of bits for each image.
   *
   * @param least of how many bits are kept, from 1 to 8
   * @param below 1 more than the most, unless it equals {@code least}, which then is kept always
   * @throws IllegalArgumentException if they are not from 1 to 8 in rising order
   */
  public static RandomPosterization of(int least, int below) {
    return new RandomPosterization(SCHEMA.config().with(FACTOR, new Bits(least, below)));
  }

  @Override
  public UnaryOperator<Operand<TFloat32>> drawn(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TInt32> lost = tf.math.sub(tf.constant(MOST), kept(scope, x));
    Operand<TUint8> shift =
        tf.dtypes.cast(tf.reshape(lost, tf.constant(new int[] {-1, 1, 1, 1})), TUint8.class);
    return images -> rounded(tf, images, shift);
  }

  private Operand<TInt32> kept(Scope scope, Operand<TFloat32> x) {
    Bits bits = config.get(FACTOR);
    RandomNumbers draws = new RandomNumbers(scope, config, x);
    return bits.least == bits.most
        ? scope.tf().constant(new int[] {bits.least})
        : draws.integers("factor", bits.least, bits.most, draws.each());
  }

  private Operand<TFloat32> rounded(Ops tf, Operand<TFloat32> x, Operand<TUint8> shift) {
    Range values = config.get(VALUE_RANGE);
    Operand<TUint8> bytes = tf.dtypes.cast(values.moved(tf, x, Range.PIXELS), TUint8.class);
    Operand<TUint8> kept = tf.bitwise.leftShift(tf.bitwise.rightShift(bytes, shift), shift);
    return Range.PIXELS.moved(tf, tf.dtypes.cast(kept, TFloat32.class), values);
  }

  @Override
  public Schema<RandomPosterization> schema() {
    return SCHEMA;
  }
}
