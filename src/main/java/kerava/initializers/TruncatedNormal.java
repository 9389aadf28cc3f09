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
 * Normally distributed numbers, without what is further from the mean than two standard deviations.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/initializers/#truncatednormal-class">Keras:
 *     TruncatedNormal</a>
 */
public record TruncatedNormal(Config config) implements Initializer {
  private static final Key<Double> MEAN = Key.of("mean", Codec.number(), 0.0);
  private static final Key<Double> STDDEV = Key.of("stddev", Codec.atLeastZero(), 0.05);

  /** How the initializer is written and read. */
  public static final Schema<TruncatedNormal> SCHEMA =
      Schema.of(
          "keras.initializers", "TruncatedNormal", TruncatedNormal::new, Seed.KEY, MEAN, STDDEV);

  /** The initializer with Keras' defaults, 0.0 and 0.05. */
  public static TruncatedNormal of() {
    return new TruncatedNormal(SCHEMA.config());
  }

  /** The initializer with a mean and a standard deviation of its own. */
  public static TruncatedNormal of(double mean, double stddev) {
    return new TruncatedNormal(SCHEMA.config().with(MEAN, mean).with(STDDEV, stddev));
  }

  /** The same initializer with a seed of its own; by default each weight has another one. */
  public TruncatedNormal seed(int seed) {
    return new TruncatedNormal(config.with(Seed.KEY, Optional.of(seed)));
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    return new Distribution.Draw(tf, shape, Seed.of(config, seed))
        .truncatedNormal(config.get(MEAN), config.get(STDDEV));
  }

  @Override
  public Schema<TruncatedNormal> schema() {
    return SCHEMA;
  }
}
