package kerava.initializers;

import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Random numbers of variance scale / fan, with a fan that counts the connections of a weight.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/initializers/#variancescaling-class">Keras:
 *     VarianceScaling</a>
 */
public record VarianceScaling(Config config) implements FanArguments<VarianceScaling> {
  private static final Key<Double> SCALE =
      Key.of("scale", Codec.number().where("a number above 0", scale -> scale > 0), 1.0);
  private static final Key<FanMode> MODE =
      Key.of("mode", Codec.choice(FanMode.class), FanMode.FAN_IN);
  private static final Key<Distribution> DISTRIBUTION =
      Key.of("distribution", Codec.choice(Distribution.class), Distribution.TRUNCATED_NORMAL);

  /** How the initializer is written and read. */
  public static final Schema<VarianceScaling> SCHEMA =
      Schema.of(
          "keras.initializers",
          "VarianceScaling",
          VarianceScaling::new,
          Seed.KEY,
          SCALE,
          MODE,
          DISTRIBUTION,
          INPUT_AXES,
          OUTPUT_AXES);

  /** Truncated normal numbers of variance 1 / fan in. */
  public static VarianceScaling of() {
    return new VarianceScaling(SCHEMA.config());
  }

  private <T> VarianceScaling with(Key<T> key, T value) {
    return new VarianceScaling(config.with(key, value));
  }

  /**
   * The same initializer with another scale; 1 by default.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  public VarianceScaling scale(double scale) {
    return with(SCALE, scale);
  }

  /** The same initializer with another fan; {@code FAN_IN} by default. */
  public VarianceScaling mode(FanMode mode) {
    return with(MODE, mode);
  }

  /** The same initializer with another distribution; {@code TRUNCATED_NORMAL} by default. */
  public VarianceScaling distribution(Distribution distribution) {
    return with(DISTRIBUTION, distribution);
  }

  /** The same initializer with a seed of its own; by default each weight has another one. */
  public VarianceScaling seed(int seed) {
    return with(Seed.KEY, Optional.of(seed));
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    return new Scaling(config.get(SCALE), config.get(MODE), config.get(DISTRIBUTION))
        .value(new Distribution.Draw(tf, shape, Seed.of(config, seed)), connected(shape));
  }

  @Override
  public Schema<VarianceScaling> schema() {
    return SCHEMA;
  }
}
