package kerava.train;

import kerava.graph.Weights;

/**
 * Ends training at the first batch whose loss is not a number, and goes back to the last weights
 * that gave one at the end of an epoch.
 *
 * <p>Keras leaves the weights as they are then, which is of no use to anybody.
 *
 * @see <a href="https://keras.io/api/callbacks/terminate_on_nan/">Keras: TerminateOnNaN</a>
 */
public final class TerminateOnNaN implements Callback {
  private TerminateOnNaN() {}

  /** The callback. */
  public static TerminateOnNaN of() {
    return new TerminateOnNaN();
  }

  @Override
  public Observer observe(Run run) {
    return new Observer() {
      private Weights good = run.view().weights();
      private int epochs = run.initialEpoch();

      @Override
      public Decision batchEnd(Batch batch) {
        if (Float.isFinite(batch.loss())) {
          return Decision.proceed();
        }
        return Decision.stop(
                "the loss became "
                    + batch.loss()
                    + " at step "
                    + (batch.step() + 1)
                    + " (epoch "
                    + (batch.epoch() + 1)
                    + ", batch "
                    + (batch.index() + 1)
                    + "); the weights after epoch "
                    + epochs
                    + " are kept")
            .weights(good);
      }

      @Override
      public Decision epochEnd(Epoch epoch) {
        good = run.view().weights();
        epochs = epoch.index() + 1;
        return Decision.proceed();
      }
    };
  }
}
