package kerava.initializers;

import java.util.Optional;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Truncated normal of variance 2 / (fan in + fan out) (Glorot and Bengio 2010).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/initializers/#glorotnormal-class">Keras:
 *     GlorotNormal</a>
 */
public record GlorotNormal(Config config) implements FanArguments<GlorotNormal> {
  private static final Scaling SCALING =
      new Scaling(1, FanMode.FAN_AVG, Distribution.TRUNCATED_NORMAL);

  /** How the initializer is written and read. */
  public static final Schema<GlorotNormal> SCHEMA =
      Schema.of(
          "keras.initializers",
          "GlorotNormal",
          GlorotNormal::new,
          Seed.KEY,
          INPUT_AXES,
          OUTPUT_AXES);

  /** The initializer. */
  public static GlorotNormal of() {
    return new GlorotNormal(SCHEMA.config());
  }

  /** The same initializer with a seed of its own; by default each weight has another one. */
  public GlorotNormal seed(int seed) {
    return new GlorotNormal(config.with(Seed.KEY, Optional.of(seed)));
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    return SCALING.value(new Distribution.Draw(tf, shape, Seed.of(config, seed)), connected(shape));
  }

  @Override
  public Schema<GlorotNormal> schema() {
    return SCHEMA;
  }
}
