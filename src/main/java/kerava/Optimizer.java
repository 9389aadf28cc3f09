package kerava;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Configured;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.SnakeCase;
import kerava.optimizers.step.OptimizerStep;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

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

  /** The key of whether an average of each weight over the steps is kept. */
  Key<Boolean> USE_EMA = Key.of("use_ema", Codec.bool(), false);

  /** The key of the share of such an average that a step keeps. */
  Key<Double> EMA_MOMENTUM = Key.of("ema_momentum", Codec.between(0, 1), 0.99);

  /** The key of the number of steps after which weights become their averages, again and again. */
  Key<Optional<Integer>> EMA_OVERWRITE_FREQUENCY =
      Key.optional("ema_overwrite_frequency", Codec.positive());

  /** The key of what the loss is multiplied by, and the gradients divided by. */
  Key<Optional<Double>> LOSS_SCALE_FACTOR = Key.optional("loss_scale_factor", positive());

  /** The key of the number of batches whose mean gradient makes one update. */
  Key<Optional<Integer>> GRADIENT_ACCUMULATION_STEPS =
      Key.optional(
          "gradient_accumulation_steps",
          Codec.integer().where("a whole number of at least 2", steps -> steps >= 2));

  /** The key of the learning rate of all optimizers but those with a default of their own. */
  Key<LearningRate> LEARNING_RATE = LearningRate.key(0.001);

  private static Codec<Double> positive() {
    return Codec.number().where("a number above 0", value -> value > 0);
  }

  /**
   * The schema of an optimizer: its own keys and those that every optimizer has.
   *
   * @param className the name that Keras gives the class
   * @param constructor makes an optimizer from a config
   * @param keys the keys of the class; one of a name that every optimizer has stands for that one
   */
  static <O extends Optimizer> Schema<O> schema(
      String className, Function<Config, O> constructor, Key<?>... keys) {
    List<Key<?>> common = new ArrayList<>();
    List<Key<?>> own = new ArrayList<>(List.of(keys));
    for (Key<?> key : common(SnakeCase.of(className))) {
      Optional<Key<?>> replaced =
          own.stream().filter(other -> other.name().equals(key.name())).findFirst();
      replaced.ifPresent(own::remove);
      common.add(replaced.isPresent() ? replaced.get() : key);
    }
    return Schema.of("keras.optimizers", className, constructor, own.toArray(Key<?>[]::new))
        .withFirst(common)
        .alias(className.toLowerCase(Locale.ROOT));
  }

  private static List<Key<?>> common(String name) {
    return List.of(
        Key.of("name", Codec.text(), name),
        LEARNING_RATE,
        WEIGHT_DECAY,
        CLIPNORM,
        GLOBAL_CLIPNORM,
        CLIPVALUE,
        USE_EMA,
        EMA_MOMENTUM,
        EMA_OVERWRITE_FREQUENCY,
        LOSS_SCALE_FACTOR,
        GRADIENT_ACCUMULATION_STEPS);
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
  default LearningRate learningRate() {
    return config().get(LEARNING_RATE);
  }

  /** Whether the learning rate is that of all weights. */
  default boolean hasOneRate() {
    return true;
  }

  /** The same optimizer with another learning rate. */
  default Optimizer withLearningRate(LearningRate rate) {
    return schema().create(config().with(LEARNING_RATE, rate));
  }

  /** How the loss is scaled from step to step; empty unless the optimizer is there for that. */
  default Optional<LossScaling> lossScaling() {
    return Optional.empty();
  }

  /**
   * Which optimizer updates which weights: this one all, unless it hands them on to others.
   *
   * @param weights the weights to be trained, in the model's order
   */
  default List<OptimizerShare> shares(List<WeightSpec> weights) {
    return List.of(new OptimizerShare(this, weights, ""));
  }

  /** The optimizer that updates weights: this one, unless it is there to scale another's loss. */
  default Optimizer updating() {
    return lossScaling().map(LossScaling::inner).orElse(this);
  }

  /** The share of each weight, times the rate, that a step takes away; empty for none. */
  default Optional<Double> weightDecay() {
    return config().get(WEIGHT_DECAY);
  }

  /** The same of one weight: that of all, unless the class says otherwise. */
  default Optional<Double> weightDecay(WeightSpec weight) {
    return weightDecay();
  }

  /**
   * All that is remembered between steps beside the number of steps and the learning rate, in
   * Keras' order: averages, sums of gradients, then what the class itself remembers.
   *
   * @param weights the weights to be trained, in the model's order
   */
  default List<Slot> slots(List<WeightSpec> weights) {
    List<Slot> slots = new ArrayList<>();
    if (config().get(USE_EMA)) {
      weights.forEach(weight -> slots.add(Slot.zeros(weight, Slot.AVERAGE)));
    }
    if (config().get(GRADIENT_ACCUMULATION_STEPS).isPresent()) {
      weights.forEach(weight -> slots.add(Slot.zeros(weight, Slot.GRADIENTS)));
    }
    slots.addAll(ownSlots(weights));
    return slots;
  }

  /**
   * What a number is after some steps that a file does not tell, since Keras forgot it; what it is
   * at first, unless the class knows better.
   */
  default float forgotten(Slot slot, long iterations) {
    return slot.initial();
  }

  /**
   * What the class itself remembers, in Keras' order.
   *
   * @param weights the weights to be trained, in the model's order
   */
  List<Slot> ownSlots(List<WeightSpec> weights);

  /**
   * Adds the operations that all weights have in common, and says how one is updated.
   *
   * @param update the step that is taken
   */
  Rule rule(Update update);

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

    /** What must run once a step beside the updates of the weights. */
    default List<Op> once() {
      return List.of();
    }
  }
}
