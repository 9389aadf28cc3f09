package kerava.optimizers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.LearningRate;
import kerava.Optimizer;
import kerava.OptimizerShare;
import kerava.Slot;
import kerava.Update;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * Several optimizers, each for some weights: those whose path, {@code layer/weight}, a regular
 * expression is for, and one for all others. Each has a learning rate, clipping and averages of its
 * own.
 *
 * <p>A path has no names of models in it, as in a model that Keras read from a file.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/">Keras: optimizers</a>
 */
public record MultiOptimizer(Config config) implements Optimizer {
  private static final Key<OptimizerMap> MAP = Key.required("optimizer_map", OptimizerMap.CODEC);
  private static final Key<String> NAME = Key.of("name", Codec.text(), "multi_optimizer");

  /** How the optimizer is written and read. */
  public static final Schema<MultiOptimizer> SCHEMA =
      Schema.of(
              "keras.optimizers",
              "MultiOptimizer",
              MultiOptimizer::new,
              MAP,
              LOSS_SCALE_FACTOR,
              NAME)
          .alias("multioptimizer");

  /** Gives all optimizers the factor of the loss, as Keras does. */
  public MultiOptimizer {
    Optional<Double> factor = config.get(LOSS_SCALE_FACTOR);
    OptimizerMap map = config.get(MAP);
    List<OptimizerMap.Entry> entries =
        map.entries().stream()
            .map(entry -> new OptimizerMap.Entry(entry.paths(), scaled(entry.optimizer(), factor)))
            .toList();
    config = config.with(MAP, new OptimizerMap(scaled(map.byDefault(), factor), entries));
  }

  private static Optimizer scaled(Optimizer optimizer, Optional<Double> factor) {
    return optimizer.schema().create(optimizer.config().with(LOSS_SCALE_FACTOR, factor));
  }

  /**
   * One optimizer for all weights; {@link #with} names others.
   *
   * @throws IllegalArgumentException if it has others within
   */
  public static MultiOptimizer of(Optimizer byDefault) {
    return new MultiOptimizer(SCHEMA.config().with(MAP, new OptimizerMap(byDefault, List.of())));
  }

  /**
   * The same with another optimizer for some weights.
   *
   * @param paths a regular expression that is to be all of a weight's path: {@code .+/bias}
   * @throws IllegalArgumentException if it is none, or the optimizer has others within
   */
  public MultiOptimizer with(String paths, Optimizer optimizer) {
    OptimizerMap map = config.get(MAP);
    List<OptimizerMap.Entry> entries = new ArrayList<>(map.entries());
    entries.removeIf(entry -> entry.paths().text().equals(paths));
    entries.add(new OptimizerMap.Entry(PathPattern.of(paths), optimizer));
    return new MultiOptimizer(config.with(MAP, new OptimizerMap(map.byDefault(), entries)));
  }

  /** The same that multiplies the loss by a factor and divides the gradients by it. */
  public MultiOptimizer lossScaleFactor(double factor) {
    return new MultiOptimizer(config.with(LOSS_SCALE_FACTOR, Optional.of(factor)));
  }

  @Override
  public List<OptimizerShare> shares(List<WeightSpec> weights) {
    Map<Optimizer, List<WeightSpec>> byOptimizer = new LinkedHashMap<>();
    OptimizerMap map = config.get(MAP);
    map.optimizers().forEach(optimizer -> byOptimizer.put(optimizer, new ArrayList<>()));
    weights.forEach(
        weight ->
            byOptimizer
                .computeIfAbsent(map.of(weight.path()), optimizer -> new ArrayList<>())
                .add(weight));
    List<OptimizerShare> shares = new ArrayList<>();
    byOptimizer.forEach(
        (optimizer, own) -> shares.add(new OptimizerShare(optimizer, own, shares.size() + "_")));
    return shares;
  }

  @Override
  public List<Slot> ownSlots(List<WeightSpec> weights) {
    return shares(weights).stream().flatMap(share -> share.slots().stream()).toList();
  }

  @Override
  public boolean hasOneRate() {
    return false;
  }

  /** 0, which nothing uses: each optimizer has its own. */
  @Override
  public LearningRate learningRate() {
    return LearningRate.of(0);
  }

  /**
   * Nothing else than 0 can be set: each optimizer has its own.
   *
   * @throws IllegalArgumentException if the rate is not 0
   */
  @Override
  public MultiOptimizer withLearningRate(LearningRate rate) {
    if (!rate.equals(learningRate())) {
      throw new IllegalArgumentException(
          "MultiOptimizer: expected learning rates of the optimizers in it, got " + rate + ".");
    }
    return this;
  }

  /**
   * Never asked for: each share of the weights has a rule.
   *
   * @throws IllegalStateException always
   */
  @Override
  public Rule rule(Update update) {
    throw new IllegalStateException(
        "MultiOptimizer: expected the rules of the optimizers in it, got a question for one.");
  }

  @Override
  public Schema<MultiOptimizer> schema() {
    return SCHEMA;
  }
}
