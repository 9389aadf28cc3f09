package kerava.train.callbacks;

import java.util.Map;
import java.util.Optional;
import kerava.TrainingView;
import kerava.graph.Weights;
import kerava.train.Callback;
import kerava.train.CallbackAction;
import kerava.train.Epoch;
import kerava.train.ObserverState;
import kerava.train.Run;

/**
 * Ends training when a metric no longer improves.
 *
 * @see <a href="https://keras.io/api/callbacks/early_stopping/">Keras: EarlyStopping</a>
 */
public final class EarlyStopping implements Callback {
  private final Monitor monitor;
  private final int patience;
  private final int startFromEpoch;
  private final Optional<Double> baseline;
  private final boolean restoreBest;

  private EarlyStopping(Monitor monitor, Waiting waiting, boolean restoreBest) {
    this.monitor = monitor;
    this.patience = waiting.patience;
    this.startFromEpoch = waiting.startFromEpoch;
    this.baseline = waiting.baseline;
    this.restoreBest = restoreBest;
  }

  private record Waiting(int patience, int startFromEpoch, Optional<Double> baseline) {}

  private Waiting waiting() {
    return new Waiting(patience, startFromEpoch, baseline);
  }

  /**
   * Ends training at the first epoch that does not improve {@code val_loss}, and leaves the weights
   * as they are then.
   */
  public static EarlyStopping of() {
    return monitoring("val_loss");
  }

  /**
   * Ends training at the first epoch that does not improve a metric.
   *
   * @param metric its name; it should grow or shrink as is better for the metric
   */
  public static EarlyStopping monitoring(String metric) {
    return new EarlyStopping(Monitor.of(metric), new Waiting(0, 0, Optional.empty()), false);
  }

  /**
   * The same, waiting for a number of epochs without improvement; 0 by default.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public EarlyStopping patience(int epochs) {
    if (epochs < 0) {
      throw new IllegalArgumentException(
          "EarlyStopping patience: expected at least 0, got " + epochs + ".");
    }
    return new EarlyStopping(monitor, new Waiting(epochs, startFromEpoch, baseline), restoreBest);
  }

  /** The same, counting only changes of more than an amount as improvement; 0 by default. */
  public EarlyStopping minDelta(double delta) {
    return new EarlyStopping(monitor.withMinDelta(Math.abs(delta)), waiting(), restoreBest);
  }

  /** The same, where metrics should grow, or shrink; by default as is better for the metric. */
  public EarlyStopping largerIsBetter(boolean larger) {
    return new EarlyStopping(monitor.withLargerBetter(larger), waiting(), restoreBest);
  }

  /** The same, looking at nothing before an epoch; 0 by default. */
  public EarlyStopping startFromEpoch(int epoch) {
    return new EarlyStopping(monitor, new Waiting(patience, epoch, baseline), restoreBest);
  }

  /** The same, where epochs must also be better than a value to count as improvement. */
  public EarlyStopping baseline(double value) {
    return new EarlyStopping(
        monitor, new Waiting(patience, startFromEpoch, Optional.of(value)), restoreBest);
  }

  /** The same, going back to the weights of the best epoch at the end; off by default. */
  public EarlyStopping restoreBestWeights() {
    return new EarlyStopping(monitor, waiting(), true);
  }

  @Override
  public Observer observe(Run run) {
    return new Watch(run.view());
  }

  private final class Watch implements Observer {
    private final TrainingView view;
    private final Monitor watched;
    private double best;
    private int wait;
    private Optional<Weights> bestWeights = Optional.empty();
    private int bestEpoch;

    Watch(TrainingView view) {
      this.view = view;
      this.watched = monitor.in("EarlyStopping", view.settings().of(view.model()));
      this.best = watched.worst();
    }

    @Override
    public CallbackAction epochEnd(Epoch epoch) {
      if (epoch.index() < startFromEpoch) {
        return CallbackAction.proceed();
      }
      double value = watched.of(epoch, "EarlyStopping");
      wait++;
      if (bestWeights.isEmpty() && restoreBest) {
        keep(epoch);
      }
      if (watched.improves(value, best)) {
        best = value;
        keep(epoch);
        // As in Keras, an epoch that does not beat the baseline does not end the wait.
        wait = baseline.map(b -> watched.improves(value, b)).orElse(true) ? 0 : wait;
        return CallbackAction.proceed();
      }
      return wait >= patience && epoch.index() > 0 ? stop() : CallbackAction.proceed();
    }

    private void keep(Epoch epoch) {
      bestEpoch = epoch.index();
      bestWeights = restoreBest ? Optional.of(view.weights()) : Optional.empty();
    }

    @Override
    public ObserverState state() {
      return new ObserverState(
          Map.of("best", best, "wait", (double) wait, "best_epoch", (double) bestEpoch),
          bestWeights.orElse(Weights.none()));
    }

    @Override
    public void recall(ObserverState state) {
      best = state.number("best");
      wait = (int) state.number("wait");
      bestEpoch = (int) state.number("best_epoch");
      bestWeights = Optional.of(state.arrays()).filter(weights -> weights.size() > 0);
    }

    private CallbackAction stop() {
      String restored =
          restoreBest ? "; the weights of epoch " + (bestEpoch + 1) + " are kept" : "";
      return CallbackAction.stop(
          watched.name() + " did not improve for " + wait + " epochs" + restored);
    }

    @Override
    public CallbackAction runEnd() {
      return bestWeights.map(CallbackAction.proceed()::weights).orElse(CallbackAction.proceed());
    }
  }
}
