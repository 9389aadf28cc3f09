package kerava.constraints;

import java.util.Arrays;
import java.util.List;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gives vectors the length 1.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/constraints/#unitnorm-class">Keras: UnitNorm</a>
 */
public record UnitNorm(Config config) implements Constraint {
  /** How the constraint is written and read. */
  public static final Schema<UnitNorm> SCHEMA =
      Schema.of("keras.constraints", "UnitNorm", UnitNorm::new, Norms.AXIS);

  /** The constraint. */
  public static UnitNorm of() {
    return new UnitNorm(SCHEMA.config());
  }

  /** The same constraint on vectors along other axes; along axis 0 by default. */
  public UnitNorm axis(int... axes) {
    List<Integer> along = Arrays.stream(axes).boxed().toList();
    return new UnitNorm(config.with(Norms.AXIS, along));
  }

  @Override
  public Operand<TFloat32> project(Ops tf, Operand<TFloat32> weight) {
    Operand<TFloat32> norms = Norms.of(tf, weight, config.get(Norms.AXIS));
    return Norms.stretched(tf, weight, new Norms.Lengths(norms, tf.constant(1f)));
  }

  @Override
  public Schema<UnitNorm> schema() {
    return SCHEMA;
  }
}
