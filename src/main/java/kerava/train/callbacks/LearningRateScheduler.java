package kerava.train.callbacks;

import kerava.train.Callback;
import kerava.train.CallbackAction;
import kerava.train.Epoch;
import kerava.train.Run;

/**
 * Sets the learning rate before each epoch.
 *
 * @see <a href="https://keras.io/api/callbacks/learning_rate_scheduler/">Keras:
 *     LearningRateScheduler</a>
 */
public final class LearningRateScheduler implements Callback {
  private final Rates rates;

  private LearningRateScheduler(Rates rates) {
    this.rates = rates;
  }

  /** Gives the rate of an epoch. */
  @FunctionalInterface
  public interface Rates {
    /**
     * The rate of an epoch.
     *
     * @param epoch which, from 0
     * @param rate the rate so far
     */
    double at(int epoch, double rate);
  }

  /** Sets the rate by a function of the epoch and the rate so far. */
  public static LearningRateScheduler of(Rates rates) {
    return new LearningRateScheduler(rates);
  }

  @Override
  public Observer observe(Run run) {
    return new Observer() {
      @Override
      public CallbackAction epochBegin(int epoch) {
        return CallbackAction.proceed().learningRate(rates.at(epoch, run.view().learningRate()));
      }

      @Override
      public CallbackAction epochEnd(Epoch epoch) {
        return CallbackAction.proceed().metric("learning_rate", run.view().learningRate());
      }
    };
  }
}
