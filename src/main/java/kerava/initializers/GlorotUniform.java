package kerava.initializers;

import java.util.Optional;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Uniform between ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/initializers/#glorotuniform-class">Keras:
 *     GlorotUniform</a>
 */
public record GlorotUniform(Config config) implements FanArguments<GlorotUniform> {
  private static final Scaling SCALING = new Scaling(1, FanMode.FAN_AVG, Distribution.UNIFORM);

  /** How the initializer is written and read. */
  public static final Schema<GlorotUniform> SCHEMA =
      Schema.of(
          "keras.initializers",
          "GlorotUniform",
          GlorotUniform::new,
          Seed.KEY,
          INPUT_AXES,
          OUTPUT_AXES);

  /** The initializer. */
  public static GlorotUniform of() {
    return new GlorotUniform(SCHEMA.config());
  }

  /** The same initializer with a seed of its own; by default each weight has another one. */
  public GlorotUniform seed(int seed) {
    return new GlorotUniform(config.with(Seed.KEY, Optional.of(seed)));
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    return SCALING.value(new Distribution.Draw(tf, shape, Seed.of(config, seed)), connected(shape));
  }

  @Override
  public Schema<GlorotUniform> schema() {
    return SCHEMA;
  }
}
