package kerava.initializers;

import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Zeros everywhere.
 *
 * @param config the arguments; there are none
 * @see <a href="https://keras.io/api/layers/initializers/#zeros-class">Keras: Zeros</a>
 */
public record Zeros(Config config) implements Initializer {

  /** How the initializer is written and read. */
  public static final Schema<Zeros> SCHEMA =
      Schema.of("keras.initializers", "Zeros", Zeros::new).alias("ZerosInitializer", "zero");

  /** The initializer. */
  public static Zeros of() {
    return new Zeros(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    return tf.fill(tf.constant(shape.asArray()), tf.constant(0f));
  }

  @Override
  public Schema<Zeros> schema() {
    return SCHEMA;
  }
}
