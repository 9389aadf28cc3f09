package kerava.initializers;

import java.util.Optional;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Uniform between ±√(3 / fan in) (LeCun et al. 1998).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/initializers/#lecununiform-class">Keras:
 *     LecunUniform</a>
 */
public record LecunUniform(Config config) implements FanArguments<LecunUniform> {
  private static final Scaling SCALING = new Scaling(1, FanMode.FAN_IN, Distribution.UNIFORM);

  /** How the initializer is written and read. */
  public static final Schema<LecunUniform> SCHEMA =
      Schema.of(
          "keras.initializers",
          "LecunUniform",
          LecunUniform::new,
          Seed.KEY,
          INPUT_AXES,
          OUTPUT_AXES);

  /** The initializer. */
  public static LecunUniform of() {
    return new LecunUniform(SCHEMA.config());
  }

  /** The same initializer with a seed of its own; by default each weight has another one. */
  public LecunUniform seed(int seed) {
    return new LecunUniform(config.with(Seed.KEY, Optional.of(seed)));
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    return SCALING.value(new Distribution.Draw(tf, shape, Seed.of(config, seed)), connected(shape));
  }

  @Override
  public Schema<LecunUniform> schema() {
    return SCHEMA;
  }
}
