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
 * Numbers that lie equally between two bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/initializers/#randomuniform-class">Keras:
 *     RandomUniform</a>
 */
public record RandomUniform(Config config) implements Initializer {
  private static final Key<Double> MINVAL = Key.of("minval", Codec.number(), -0.05);
  private static final Key<Double> MAXVAL = Key.of("maxval", Codec.number(), 0.05);

  /** How the initializer is written and read. */
  public static final Schema<RandomUniform> SCHEMA =
      Schema.of(
          "keras.initializers", "RandomUniform", RandomUniform::new, Seed.KEY, MINVAL, MAXVAL);

  /** The initializer with Keras' defaults, -0.05 and 0.05. */
  public static RandomUniform of() {
    return new RandomUniform(SCHEMA.config());
  }

  /** The initializer with a lower and an upper bound of its own. */
  public static RandomUniform of(double minval, double maxval) {
    return new RandomUniform(SCHEMA.config().with(MINVAL, minval).with(MAXVAL, maxval));
  }

  /** The same initializer with a seed of its own; by default each weight has another one. */
  public RandomUniform seed(int seed) {
    return new RandomUniform(config.with(Seed.KEY, Optional.of(seed)));
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    return new Distribution.Draw(tf, shape, Seed.of(config, seed))
        .uniform(config.get(MINVAL), config.get(MAXVAL));
  }

  @Override
  public Schema<RandomUniform> schema() {
    return SCHEMA;
  }
}
