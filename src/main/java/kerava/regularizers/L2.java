package kerava.regularizers;

import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The sum of the squares, times a factor.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/regularizers/#l2-class">Keras: L2</a>
 */
public record L2(Config config) implements Regularizer {
  private static final Key<Double> FACTOR = Key.of("l2", Codec.atLeastZero(), 0.01);

  /** How the regularizer is written and read. */
  public static final Schema<L2> SCHEMA = Schema.of("keras.regularizers", "L2", L2::new, FACTOR);

  /** The penalty with a factor of 0.01. */
  public static L2 of() {
    return new L2(SCHEMA.config());
  }

  /**
   * The penalty with a factor.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public static L2 of(double factor) {
    return new L2(SCHEMA.config().with(FACTOR, factor));
  }

  @Override
  public Operand<TFloat32> penalty(Ops tf, Operand<TFloat32> values) {
    return Sums.squares(tf, values, config.get(FACTOR));
  }

  @Override
  public Schema<L2> schema() {
    return SCHEMA;
  }
}
