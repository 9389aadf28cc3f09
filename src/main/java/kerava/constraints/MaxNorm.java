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
 * Shortens vectors that are longer than a bound (Srivastava et al. 2014).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/constraints/#maxnorm-class">Keras: MaxNorm</a>
 */
public record MaxNorm(Config config) implements Constraint {
  private static final Key<Double> MAX_VALUE = Key.of("max_value", Codec.atLeastZero(), 2.0);

  /** How the constraint is written and read. */
  public static final Schema<MaxNorm> SCHEMA =
      Schema.of("keras.constraints", "MaxNorm", MaxNorm::new, MAX_VALUE, Norms.AXIS);

  /** The constraint with a bound of 2. */
  public static MaxNorm of() {
    return new MaxNorm(SCHEMA.config());
  }

  /**
   * The constraint with a bound.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public static MaxNorm of(double maxValue) {
    return new MaxNorm(SCHEMA.config().with(MAX_VALUE, maxValue));
  }

  /** The same constraint on vectors along other axes; along axis 0 by default. */
  public MaxNorm axis(int... axes) {
    List<Integer> along = Arrays.stream(axes).boxed().toList();
    return new MaxNorm(config.with(Norms.AXIS, along));
  }

  @Override
  public Operand<TFloat32> project(Ops tf, Operand<TFloat32> weight) {
    Operand<TFloat32> norms = Norms.of(tf, weight, config.get(Norms.AXIS));
    Operand<TFloat32> wanted =
        tf.math.minimum(norms, tf.constant(config.get(MAX_VALUE).floatValue()));
    return Norms.stretched(tf, weight, new Norms.Lengths(norms, wanted));
  }

  @Override
  public Schema<MaxNorm> schema() {
    return SCHEMA;
  }
}
