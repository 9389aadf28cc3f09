package kerava.initializers;

import java.util.Optional;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Uniform between ±√(6 / fan in) (He et al. 2015).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/initializers/#heuniform-class">Keras: HeUniform</a>
 */
public record HeUniform(Config config) implements FanArguments<HeUniform> {
  private static final Scaling SCALING = new Scaling(2, FanMode.FAN_IN, Distribution.UNIFORM);

  /** How the initializer is written and read. */
  public static final Schema<HeUniform> SCHEMA =
      Schema.of(
          "keras.initializers", "HeUniform", HeUniform::new, Seed.KEY, INPUT_AXES, OUTPUT_AXES);

  /** The initializer. */
  public static HeUniform of() {
    return new HeUniform(SCHEMA.config());
  }

  /** The same initializer with a seed of its own; by default each weight has another one. */
  public HeUniform seed(int seed) {
    return new HeUniform(config.with(Seed.KEY, Optional.of(seed)));
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    return SCALING.value(new Distribution.Draw(tf, shape, Seed.of(config, seed)), connected(shape));
  }

  @Override
  public Schema<HeUniform> schema() {
    return SCHEMA;
  }
}
