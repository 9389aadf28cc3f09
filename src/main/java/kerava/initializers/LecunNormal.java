package kerava.initializers;

import java.util.Optional;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Truncated normal of variance 1 / fan in (LeCun et al. 1998).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/initializers/#lecunnormal-class">Keras: LecunNormal</a>
 */
public record LecunNormal(Config config) implements FanArguments<LecunNormal> {
  private static final Scaling SCALING =
      new Scaling(1, FanMode.FAN_IN, Distribution.TRUNCATED_NORMAL);

  /** How the initializer is written and read. */
  public static final Schema<LecunNormal> SCHEMA =
      Schema.of(
          "keras.initializers", "LecunNormal", LecunNormal::new, Seed.KEY, INPUT_AXES, OUTPUT_AXES);

  /** The initializer. */
  public static LecunNormal of() {
    return new LecunNormal(SCHEMA.config());
  }

  /** The same initializer with a seed of its own; by default each weight has another one. */
  public LecunNormal seed(int seed) {
    return new LecunNormal(config.with(Seed.KEY, Optional.of(seed)));
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    return SCALING.value(new Distribution.Draw(tf, shape, Seed.of(config, seed)), connected(shape));
  }

  @Override
  public Schema<LecunNormal> schema() {
    return SCHEMA;
  }
}
