package kerava.initializers;

import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The identity matrix, of rank 2 but not necessarily square.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/initializers/#identity-class">Keras: Identity</a>
 */
public record Identity(Config config) implements Initializer {
  // Keras takes it but forgets it when it writes the config.
  private static final Key<Double> GAIN = Key.of("gain", Codec.number(), 1.0).quiet();

  /** How the initializer is written and read. */
  public static final Schema<Identity> SCHEMA =
      Schema.of("keras.initializers", "Identity", Identity::new, GAIN).alias("IdentityInitializer");

  /** The initializer. */
  public static Identity of() {
    return new Identity(SCHEMA.config());
  }

  /** The initializer with another number than 1 on the diagonal. */
  public static Identity of(double gain) {
    return new Identity(SCHEMA.config().with(GAIN, gain));
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    if (shape.numDimensions() != 2) {
      throw new IllegalArgumentException(
          "Identity: expected a weight of rank 2, got " + shape + ".");
    }
    Operand<TInt32> rows = tf.reshape(count(tf, shape.get(0)), tf.constant(new int[] {-1, 1}));
    Operand<TFloat32> diagonal =
        tf.dtypes.cast(tf.math.equal(rows, count(tf, shape.get(1))), TFloat32.class);
    return tf.math.mul(diagonal, tf.constant(config.get(GAIN).floatValue()));
  }

  private static Operand<TInt32> count(Ops tf, long size) {
    return tf.range(tf.constant(0), tf.constant(Math.toIntExact(size)), tf.constant(1));
  }

  @Override
  public Schema<Identity> schema() {
    return SCHEMA;
  }
}
