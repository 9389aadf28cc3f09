package kerava;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Configured;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.SnakeCase;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * How gradients change weights, as an immutable value.
 *
 * <p>An optimizer says what it remembers of each weight ({@link #slots}) and how one weight is
 * updated ({@link #rule}). Clipping, weight decay and the order of things in a step are common to
 * all; see {@link OptimizerStep}.
 *
 * @see <a href="https://keras.io/api/optimizers/">Keras: optimizers</a>
 */
public interface Optimizer extends Configured {
  /** The key of decoupled weight decay: the share of each weight, times the rate, lost a step. */
  Key<Optional<Double>> WEIGHT_DECAY = Key.optional("weight_decay", Codec.atLeastZero());

  /** The key of the norm that each single gradient is clipped to. */
  Key<Optional<Double>> CLIPNORM = Key.optional("clipnorm", positive());

  /** The key of the norm that all gradients together are clipped to. */
  Key<Optional<Double>> GLOBAL_CLIPNORM = Key.optional("global_clipnorm", positive());

  /** The key of the absolute value that each number of a gradient is clipped to. */
  Key<Optional<Double>> CLIPVALUE = Key.optional("clipvalue", positive());

  private static Codec<Double> positive() {
    return Codec.number().where("a number above 0", value -> value > 0);
  }

  /**
   * The schema of an optimizer: its own keys and those that every optimizer has.
   *
   * @param className the name that Keras gives the class
   * @param constructor makes an optimizer from a config
   * @param rate the key of the learning rate, see {@link LearningRate#key}
   * @param keys the keys of the class
   */
  static <O extends Optimizer> Schema<O> schema(
      String className, Function<Config, O> constructor, Key<LearningRate> rate, Key<?>... keys) {
    return Schema.of("keras.optimizers", className, constructor, keys)
        .withFirst(
            List.of(
                Key.of("name", Codec.text(), SnakeCase.of(className)),
                rate,
                WEIGHT_DECAY,
                CLIPNORM,
                GLOBAL_CLIPNORM,
                CLIPVALUE));
  }

  /**
   * Refuses a config with more than one way of clipping, as Keras does.
   *
   * @throws IllegalArgumentException if there is more than one
   */
  static Config requireOneClipping(Config config) {
    List<Key<Optional<Double>>> set =
        Stream.of(CLIPNORM, GLOBAL_CLIPNORM, CLIPVALUE)
            .filter(key -> config.get(key).isPresent())
            .toList();
    if (set.size() > 1) {
      throw new IllegalArgumentException(
          config
              + ": expected at most one of clipnorm, global_clipnorm and clipvalue, got "
              + set
              + ".");
    }
    return config;
  }

  @Override
  Schema<? extends Optimizer> schema();

  /** The learning rate. */
  LearningRate learningRate();

  /** The same optimizer with another learning rate. */
  Optimizer withLearningRate(LearningRate rate);

  /**
   * What the optimizer remembers, in Keras' order.
   *
   * @param weights the weights to be trained, in the model's order
   */
  List<Slot> slots(List<WeightSpec> weights);

  /**
   * Adds the operations that all weights have in common, and says how one is updated.
   *
   * @param tf where to add operations
   * @param rate the learning rate of this step, a scalar
   * @param iteration how many steps were done before this one, a scalar
   */
  Rule rule(Ops tf, Operand<TFloat32> rate, Operand<TInt64> iteration);

  /** How one weight is updated. */
  @FunctionalInterface
  interface Rule {
    /**
     * Adds the operations of the update.
     *
     * @param tf where to add them; they then run when the weight may change
     * @param parameter the weight and what is remembered of it
     * @param gradient of the weight's shape
     * @return the operation that has run when the weight is updated
     */
    Op update(Ops tf, Parameter parameter, Operand<TFloat32> gradient);
  }
}
