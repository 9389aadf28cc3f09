package kerava.initializers;

import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Ones everywhere.
 *
 * @param config the arguments; there are none
 * @see <a href="https://keras.io/api/layers/initializers/#ones-class">Keras: Ones</a>
 */
public record Ones(Config config) implements Initializer {

  /** How the initializer is written and read. */
  public static final Schema<Ones> SCHEMA =
      Schema.of("keras.initializers", "Ones", Ones::new).alias("OnesInitializer", "one");

  /** The initializer. */
  public static Ones of() {
    return new Ones(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    return tf.fill(tf.constant(shape.asArray()), tf.constant(1f));
  }

  @Override
  public Schema<Ones> schema() {
    return SCHEMA;
  }
}
