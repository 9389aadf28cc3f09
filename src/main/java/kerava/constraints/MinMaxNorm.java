package kerava.constraints;

import java.util.Arrays;
import java.util.List;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Brings the lengths of vectors between two bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/constraints/#minmaxnorm-class">Keras: MinMaxNorm</a>
 */
public record MinMaxNorm(Config config) implements Constraint {
  private static final Key<Double> MIN_VALUE = Key.of("min_value", Codec.atLeastZero(), 0.0);
  private static final Key<Double> MAX_VALUE = Key.of("max_value", Codec.atLeastZero(), 1.0);
  private static final Key<Double> RATE = Key.of("rate", Codec.between(0, 1), 1.0);

  /** How the constraint is written and read. */
  public static final Schema<MinMaxNorm> SCHEMA =
      Schema.of(
          "keras.constraints",
          "MinMaxNorm",
          MinMaxNorm::new,
          MIN_VALUE,
          MAX_VALUE,
          RATE,
          Norms.AXIS);

  /** The constraint with bounds of 0 and 1. */
  public static MinMaxNorm of() {
    return new MinMaxNorm(SCHEMA.config());
  }

  /**
   * The constraint with bounds.
   *
   * @throws IllegalArgumentException if one of them is below 0
   */
  public static MinMaxNorm of(double minValue, double maxValue) {
    return new MinMaxNorm(SCHEMA.config().with(MIN_VALUE, minValue).with(MAX_VALUE, maxValue));
  }

  /**
   * The same constraint that goes only a part of the way; all of it, 1, by default.
   *
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public MinMaxNorm rate(double rate) {
    return new MinMaxNorm(config.with(RATE, rate));
  }

  /** The same constraint on vectors along other axes; along axis 0 by default. */
  public MinMaxNorm axis(int... axes) {
    List<Integer> along = Arrays.stream(axes).boxed().toList();
    return new MinMaxNorm(config.with(Norms.AXIS, along));
  }

  @Override
  public Operand<TFloat32> project(Ops tf, Operand<TFloat32> weight) {
    Operand<TFloat32> norms = Norms.of(tf, weight, config.get(Norms.AXIS));
    Operand<TFloat32> clipped =
        tf.clipByValue(
            norms,
            tf.constant(config.get(MIN_VALUE).floatValue()),
            tf.constant(config.get(MAX_VALUE).floatValue()));
    float rate = config.get(RATE).floatValue();
    Operand<TFloat32> wanted =
        tf.math.add(
            tf.math.mul(clipped, tf.constant(rate)), tf.math.mul(norms, tf.constant(1 - rate)));
    return Norms.stretched(tf, weight, new Norms.Lengths(norms, wanted));
  }

  @Override
  public Schema<MinMaxNorm> schema() {
    return SCHEMA;
  }
}
