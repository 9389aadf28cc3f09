package kerava.initializers;

import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The same number everywhere.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/initializers/#constant-class">Keras: Constant</a>
 */
public record Constant(Config config) implements Initializer {
  private static final Key<Double> VALUE = Key.of("value", Codec.number(), 0.0);

  /** How the initializer is written and read. */
  public static final Schema<Constant> SCHEMA =
      Schema.of("keras.initializers", "Constant", Constant::new, VALUE);

  /** The initializer for a number. */
  public static Constant of(double value) {
    return new Constant(SCHEMA.config().with(VALUE, value));
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    float value = config.get(VALUE).floatValue();
    return tf.fill(tf.constant(shape.asArray()), tf.constant(value));
  }

  @Override
  public Schema<Constant> schema() {
    return SCHEMA;
  }
}
