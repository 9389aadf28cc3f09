package kerava.optimizers;

import java.util.Optional;
import kerava.LearningRate;
import kerava.Optimizer;
import kerava.Schedule;
import kerava.config.Key;
import kerava.config.Schema;

/**
 * An optimizer with the options that Keras gives every optimizer.
 *
 * @param <O> the class of the optimizer
 * @see <a href="https://keras.io/api/optimizers/">Keras: optimizers</a>
 */
public interface TunedOptimizer<O extends TunedOptimizer<O>> extends Optimizer {
  @Override
  Schema<O> schema();

  /** The same optimizer with another value for one of its keys. */
  default <T> O with(Key<T> key, T value) {
    return schema().create(config().with(key, value));
  }

  @Override
  default O withLearningRate(LearningRate rate) {
    return with(LEARNING_RATE, rate);
  }

  /** The same optimizer whose learning rate follows a schedule. */
  default O schedule(Schedule schedule) {
    return withLearningRate(LearningRate.of(schedule));
  }

  /**
   * The same optimizer that also takes a share of each weight, biases included, times the learning
   * rate, before each update (decoupled weight decay, Loshchilov and Hutter 2017).
   *
   * @param share at least 0
   */
  default O weightDecay(double share) {
    return with(WEIGHT_DECAY, Optional.of(share));
  }

  /** The same optimizer that scales each gradient down to a norm; off by default. */
  default O clipnorm(double norm) {
    return with(CLIPNORM, Optional.of(norm));
  }

  /** The same optimizer that scales all gradients together down to a norm; off by default. */
  default O globalClipnorm(double norm) {
    return with(GLOBAL_CLIPNORM, Optional.of(norm));
  }

  /** The same optimizer that clips each number of a gradient to ±value; off by default. */
  default O clipvalue(double value) {
    return with(CLIPVALUE, Optional.of(value));
  }

  /**
   * The same optimizer that keeps an average of each weight over the steps and makes it the weight
   * when training ends; off by default.
   *
   * @param momentum the share of the average that a step keeps, from 0 to 1; Keras' default is 0.99
   */
  default O ema(double momentum) {
    return with(USE_EMA, true).with(EMA_MOMENTUM, momentum);
  }

  /** The same optimizer that also makes averages the weights each time after some steps. */
  default O emaOverwriteFrequency(int steps) {
    return with(EMA_OVERWRITE_FREQUENCY, Optional.of(steps));
  }

  /**
   * The same optimizer that multiplies the loss by a factor and divides the gradients by it; off by
   * default.
   */
  default O lossScaleFactor(double factor) {
    return with(LOSS_SCALE_FACTOR, Optional.of(factor));
  }

  /**
   * The same optimizer that updates weights only every so many batches, by their mean gradient; off
   * by default.
   *
   * @param steps at least 2
   */
  default O gradientAccumulationSteps(int steps) {
    return with(GRADIENT_ACCUMULATION_STEPS, Optional.of(steps));
  }
}
