package kerava.initializers;

import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.Qr;
import org.tensorflow.types.TFloat32;

/**
 * A random matrix of orthogonal rows or columns, whichever are fewer (Saxe et al. 2013); all axes
 * but the last one count as rows.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/initializers/#orthogonal-class">Keras: Orthogonal</a>
 */
public record Orthogonal(Config config) implements Initializer {
  private static final Key<Double> GAIN = Key.of("gain", Codec.number(), 1.0);

  /** How the initializer is written and read. */
  public static final Schema<Orthogonal> SCHEMA =
      Schema.of("keras.initializers", "Orthogonal", Orthogonal::new, Seed.KEY, GAIN)
          .alias("OrthogonalInitializer");

  /** The initializer. */
  public static Orthogonal of() {
    return new Orthogonal(SCHEMA.config());
  }

  /** The same initializer with another length of the rows or columns; 1 by default. */
  public Orthogonal gain(double gain) {
    return new Orthogonal(config.with(GAIN, gain));
  }

  /** The same initializer with a seed of its own; by default each weight has another one. */
  public Orthogonal seed(int seed) {
    return new Orthogonal(config.with(Seed.KEY, Optional.of(seed)));
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    if (shape.numDimensions() < 2) {
      throw new IllegalArgumentException(
          "Orthogonal: expected a weight of rank 2 or more, got " + shape + ".");
    }
    long columns = shape.get(shape.numDimensions() - 1);
    long rows = shape.size() / columns;
    Shape tall = Shape.of(Math.max(rows, columns), Math.min(rows, columns));
    return orthogonal(
        tf, shape, new Distribution.Draw(tf, tall, Seed.of(config, seed)).normal(0, 1));
  }

  /** What becomes of normal numbers in a matrix that is no wider than high. */
  Operand<TFloat32> orthogonal(Ops tf, Shape shape, Operand<TFloat32> drawn) {
    Qr<TFloat32> qr = tf.linalg.qr(drawn);
    // The signs make the result uniformly distributed.
    Operand<TFloat32> q = tf.math.mul(qr.q(), tf.math.sign(tf.linalg.tensorDiagPart(qr.r())));
    long columns = shape.get(shape.numDimensions() - 1);
    Operand<TFloat32> wide =
        shape.size() / columns < columns
            ? tf.linalg.transpose(q, tf.constant(new int[] {1, 0}))
            : q;
    return tf.math.mul(
        tf.reshape(wide, tf.constant(shape.asArray())), tf.constant(config.get(GAIN).floatValue()));
  }

  @Override
  public Schema<Orthogonal> schema() {
    return SCHEMA;
  }
}
