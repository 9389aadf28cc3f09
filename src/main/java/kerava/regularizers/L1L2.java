package kerava.regularizers;

import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The sum of the absolute values times one factor and of the squares times another.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/regularizers/#l1l2-class">Keras: L1L2</a>
 */
public record L1L2(Config config) implements Regularizer {
  private static final Key<Double> L1 = Key.of("l1", Codec.atLeastZero(), 0.0);
  private static final Key<Double> L2 = Key.of("l2", Codec.atLeastZero(), 0.0);

  /** How the regularizer is written and read. */
  public static final Schema<L1L2> SCHEMA =
      Schema.of("keras.regularizers", "L1L2", L1L2::new, L1, L2).alias("l1_l2");

  /**
   * The penalty with both factors.
   *
   * @param l1 of the absolute values
   * @param l2 of the squares
   * @throws IllegalArgumentException if one of them is below 0
   */
  public static L1L2 of(double l1, double l2) {
    return new L1L2(SCHEMA.config().with(L1, l1).with(L2, l2));
  }

  @Override
  public Operand<TFloat32> penalty(Ops tf, Operand<TFloat32> values) {
    return tf.math.add(
        Sums.absolute(tf, values, config.get(L1)), Sums.squares(tf, values, config.get(L2)));
  }

  @Override
  public Schema<L1L2> schema() {
    return SCHEMA;
  }
}
