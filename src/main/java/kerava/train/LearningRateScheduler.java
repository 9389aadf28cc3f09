package kerava.train;

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
      public Decision epochBegin(int epoch) {
        return Decision.proceed().learningRate(rates.at(epoch, run.view().learningRate()));
      }

      @Override
      public Decision epochEnd(Epoch epoch) {
        return Decision.proceed().figure("learning_rate", run.view().learningRate());
      }
    };
  }
}
