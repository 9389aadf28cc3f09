package kerava.regularizers;

import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The sum of the absolute values, times a factor.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/regularizers/#l1-class">Keras: L1</a>
 */
public record L1(Config config) implements Regularizer {
  private static final Key<Double> FACTOR = Key.of("l1", Codec.atLeastZero(), 0.01);

  /** How the regularizer is written and read. */
  public static final Schema<L1> SCHEMA = Schema.of("keras.regularizers", "L1", L1::new, FACTOR);

  /** The penalty with a factor of 0.01. */
  public static L1 of() {
    return new L1(SCHEMA.config());
  }

  /**
   * The penalty with a factor.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public static L1 of(double factor) {
    return new L1(SCHEMA.config().with(FACTOR, factor));
  }

  @Override
  public Operand<TFloat32> penalty(Ops tf, Operand<TFloat32> values) {
    return Sums.absolute(tf, values, config.get(FACTOR));
  }

  @Override
  public Schema<L1> schema() {
    return SCHEMA;
  }
}
