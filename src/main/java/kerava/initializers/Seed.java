package kerava.initializers;

import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;

/** The seed that a user may give an initializer. */
final class Seed {
  static final Key<Optional<Integer>> KEY = Key.optional("seed", Codec.integer());

  private Seed() {}

  /** The user's seed; without one, that of the weight. */
  static long of(Config config, long weight) {
    return config.get(KEY).map(Integer::longValue).orElse(weight);
  }
}
