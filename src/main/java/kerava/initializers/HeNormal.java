package kerava.initializers;

import java.util.Optional;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Truncated normal of variance 2 / fan in (He et al. 2015).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/initializers/#henormal-class">Keras: HeNormal</a>
 */
public record HeNormal(Config config) implements FanArguments<HeNormal> {
  private static final Scaling SCALING =
      new Scaling(2, FanMode.FAN_IN, Distribution.TRUNCATED_NORMAL);

  /** How the initializer is written and read. */
  public static final Schema<HeNormal> SCHEMA =
      Schema.of("keras.initializers", "HeNormal", HeNormal::new, Seed.KEY, INPUT_AXES, OUTPUT_AXES);

  /** The initializer. */
  public static HeNormal of() {
    return new HeNormal(SCHEMA.config());
  }

  /** The same initializer with a seed of its own; by default each weight has another one. */
  public HeNormal seed(int seed) {
    return new HeNormal(config.with(Seed.KEY, Optional.of(seed)));
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    return SCALING.value(new Distribution.Draw(tf, shape, Seed.of(config, seed)), connected(shape));
  }

  @Override
  public Schema<HeNormal> schema() {
    return SCHEMA;
  }
}
