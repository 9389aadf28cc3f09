package kerava.layers;

import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Configured;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * What is random in training: its {@code seed}.
 *
 * <p>What is drawn follows from the training's seed, the name of the layer, the step and this seed.
 *
 * @param <L> the class of what is random
 * @see <a href="https://keras.io/api/layers/regularization_layers/">Keras: regularization
 *     layers</a>
 */
public interface SeedArgument<L extends Configured> extends Configured {
  /** The key of the seed beside the training's. */
  Key<Optional<Integer>> SEED = Key.optional("seed", Codec.integer());

  @Override
  Schema<L> schema();

  /** The same with a seed beside the training's; without one by default. */
  default L seed(int seed) {
    return schema().create(config().with(SEED, Optional.of(seed)));
  }
}
