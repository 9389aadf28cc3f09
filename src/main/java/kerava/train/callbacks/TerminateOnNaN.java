package kerava.train.callbacks;

import java.util.Map;
import kerava.TrainingState;
import kerava.graph.Array;
import kerava.graph.Network;
import kerava.graph.Weights;
import kerava.train.Batch;
import kerava.train.Callback;
import kerava.train.CallbackAction;
import kerava.train.Epoch;
import kerava.train.ObserverState;
import kerava.train.Run;

/**
 * Ends training at the first batch whose loss is not a number, and goes back to the last good
 * weights at the end of an epoch, or from before the run, and to what the optimizer remembered: so
 * steps that were made in the same run after that batch leave nothing behind.
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
    return new Watch(run);
  }

  private static final class Watch implements Observer {
    private final Run run;
    private Weights good;
    private int goodEpoch = -1;

    Watch(Run run) {
      this.run = run;
      this.good = numbers(run.view().state());
    }

    // Moments that took part in the step are spoilt as well, and would spoil the next one; what
    // they mean follows from the number of steps.
    private static Weights numbers(TrainingState state) {
      long[] steps = {state.optimizer().iterations()};
      return state
          .weights()
          .with(state.optimizer().slots())
          .with(Weights.of(Map.of(Network.ITERATION, Array.of(steps))));
    }

    @Override
    public CallbackAction batchEnd(Batch batch) {
      if (Float.isFinite(batch.loss())) {
        return CallbackAction.proceed();
      }
      String step =
          (batch.step() + 1) + " (epoch " + (batch.epoch() + 1) + ", batch " + (batch.index() + 1);
      return goBack("the loss became " + batch.loss() + " at step " + step + ")");
    }

    @Override
    public int batchesAtOnce(long step) {
      return Integer.MAX_VALUE;
    }

    // The last step of an epoch may spoil weights after its loss was computed.
    @Override
    public CallbackAction epochEnd(Epoch epoch) {
      Weights now = numbers(run.view().state());
      if (!now.arrays().stream().allMatch(Watch::isFinite)) {
        return goBack("a weight is no longer a number after epoch " + (epoch.index() + 1));
      }
      good = now;
      goodEpoch = epoch.index();
      return CallbackAction.proceed();
    }

    private static boolean isFinite(Array array) {
      if (array.type() != Array.Type.FLOAT32) {
        return true;
      }
      for (float value : array.floats()) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public ObserverState state() {
      return new ObserverState(Map.of("epoch", (double) goodEpoch), good);
    }

    @Override
    public void recall(ObserverState state) {
      goodEpoch = (int) state.number("epoch");
      good = state.arrays();
    }

    private CallbackAction goBack(String reason) {
      String kept = goodEpoch < 0 ? "before this run" : "after epoch " + (goodEpoch + 1);
      return CallbackAction.stop(reason + "; the weights " + kept + " are kept").weights(good);
    }
  }
}
