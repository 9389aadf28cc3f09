package kerava.optimizers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kerava.LearningRate;
import kerava.LossScaling;
import kerava.Optimizer;
import kerava.OptimizerState;
import kerava.Slot;
import kerava.Update;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Array;
import kerava.graph.Weights;

/**
 * Another optimizer whose loss is scaled from step to step, for float16: the loss is multiplied by
 * a number and the gradients divided by it; a step whose gradients are not finite is left out and
 * halves the number, 2000 finite ones in a row double it.
 *
 * <p>Training wraps optimizers in it by itself where layers have the policy {@link
 * kerava.DTypePolicy#MIXED_FLOAT16}.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/optimizers/loss_scale_optimizer/">Keras:
 *     LossScaleOptimizer</a>
 */
public record LossScaleOptimizer(Config config) implements Optimizer {
  /** Float32, in which the steps are counted, holds each whole number up to this one. */
  private static final int MOST_STEPS = 1 << 24;

  private static final Key<Optimizer> INNER =
      Key.required("inner_optimizer", Codec.object(Optimizer.class));
  private static final Key<Double> INITIAL_SCALE =
      Key.of(
          "initial_scale", Codec.number().where("a number above 0", scale -> scale > 0), 32768.0);
  private static final Key<Integer> GROWTH_STEPS =
      Key.of(
          "dynamic_growth_steps",
          Codec.positive()
              .where("a whole number from 1 to " + MOST_STEPS, steps -> steps <= MOST_STEPS),
          2000);

  /** How the optimizer is written and read. */
  public static final Schema<LossScaleOptimizer> SCHEMA =
      Schema.of(
              "keras.optimizers",
              "LossScaleOptimizer",
              LossScaleOptimizer::new,
              Key.of("name", Codec.text(), "loss_scale_optimizer"),
              INNER,
              INITIAL_SCALE,
              GROWTH_STEPS,
              // Keras 2 can keep the scale as it is, which today is the inner optimizer's business.
              Key.only("dynamic", Codec.bool(), true).quiet())
          // Keras 2's name for it.
          .alias("LossScaleOptimizerV3");

  /** Takes a scale of its own from the inner optimizer, as Keras does: one is enough. */
  public LossScaleOptimizer {
    Optimizer inner = config.get(INNER);
    if (inner.lossScaling().isPresent()) {
      throw new IllegalArgumentException(
          "LossScaleOptimizer inner_optimizer: expected an optimizer that scales no loss, got "
              + inner
              + ".");
    }
    config =
        config.with(
            INNER, inner.schema().create(inner.config().with(LOSS_SCALE_FACTOR, Optional.empty())));
  }

  /**
   * An optimizer with a scale that begins at 2¹⁵ and is doubled after 2000 steps.
   *
   * @throws IllegalArgumentException if it is itself a LossScaleOptimizer
   */
  public static LossScaleOptimizer of(Optimizer inner) {
    return new LossScaleOptimizer(SCHEMA.config().with(INNER, inner));
  }

  /** The same optimizer with another scale to begin with; 2¹⁵ by default. */
  public LossScaleOptimizer initialScale(double scale) {
    return new LossScaleOptimizer(config.with(INITIAL_SCALE, scale));
  }

  /** The same optimizer that doubles the scale after other than 2000 finite steps in a row. */
  public LossScaleOptimizer dynamicGrowthSteps(int steps) {
    return new LossScaleOptimizer(config.with(GROWTH_STEPS, steps));
  }

  /** The optimizer that gets the gradients. */
  public Optimizer inner() {
    return config.get(INNER);
  }

  /**
   * The state of this optimizer that follows from one of the inner optimizer alone: the scale is at
   * its beginning. A state of this optimizer is left as it is.
   */
  public OptimizerState adopt(OptimizerState state) {
    Map<String, Array> slots = new LinkedHashMap<>();
    for (Slot slot : ownSlots(List.of())) {
      slots.put(slot.path(this), Array.of(new float[] {slot.initial()}));
    }
    return new OptimizerState(
        state.iterations(), state.learningRate(), Weights.of(slots).with(state.slots()));
  }

  @Override
  public Optional<LossScaling> lossScaling() {
    return Optional.of(
        new LossScaling(inner(), config.get(INITIAL_SCALE), config.get(GROWTH_STEPS)));
  }

  @Override
  public LearningRate learningRate() {
    return inner().learningRate();
  }

  @Override
  public boolean hasOneRate() {
    return inner().hasOneRate();
  }

  @Override
  public LossScaleOptimizer withLearningRate(LearningRate rate) {
    return new LossScaleOptimizer(config.with(INNER, inner().withLearningRate(rate)));
  }

  @Override
  public Optional<Double> weightDecay() {
    return inner().weightDecay();
  }

  @Override
  public List<Slot> slots(List<WeightSpec> weights) {
    return Stream.concat(ownSlots(weights).stream(), inner().slots(weights).stream()).toList();
  }

  @Override
  public List<Slot> ownSlots(List<WeightSpec> weights) {
    return List.of(
        Slot.scalar(LossScaling.COUNTER, 0).as(Slot.Kind.WHOLE),
        Slot.scalar(LossScaling.SCALE, config.get(INITIAL_SCALE)));
  }

  @Override
  public Rule rule(Update update) {
    return inner().rule(update);
  }

  @Override
  public Schema<LossScaleOptimizer> schema() {
    return SCHEMA;
  }
}
