package kerava.train.callbacks;

import java.util.Map;
import kerava.TrainingView;
import kerava.train.Callback;
import kerava.train.CallbackAction;
import kerava.train.Epoch;
import kerava.train.ObserverState;
import kerava.train.Run;

/**
 * Lowers the learning rate when a metric no longer improves.
 *
 * @see <a href="https://keras.io/api/callbacks/reduce_lr_on_plateau/">Keras: ReduceLROnPlateau</a>
 */
public final class ReduceLROnPlateau implements Callback {
  private final Monitor monitor;
  private final Plan plan;

  private ReduceLROnPlateau(Monitor monitor, Plan plan) {
    this.monitor = monitor;
    this.plan = plan;
  }

  private record Plan(double factor, int patience, int cooldown, double minRate) {
    Plan {
      if (!(factor > 0 && factor < 1)) {
        throw new IllegalArgumentException(
            "ReduceLROnPlateau factor: expected above 0 and below 1, got " + factor + ".");
      }
      if (patience < 1 || cooldown < 0 || minRate < 0) {
        throw new IllegalArgumentException(
            "ReduceLROnPlateau: expected a patience of at least 1 and a cooldown and rate of at"
                + " least 0, got "
                + patience
                + ", "
                + cooldown
                + " and "
                + minRate
                + ".");
      }
    }
  }

  /**
   * Watches {@code val_loss}: after 10 epochs without an improvement of 1e-4 the rate becomes a
   * tenth.
   */
  public static ReduceLROnPlateau of() {
    return monitoring("val_loss");
  }

  /** Watches another metric, which should grow or shrink as is better for it. */
  public static ReduceLROnPlateau monitoring(String metric) {
    return new ReduceLROnPlateau(Monitor.of(metric).withMinDelta(1e-4), new Plan(0.1, 10, 0, 0));
  }

  /** The same with what the rate is multiplied by; 0.1 by default. */
  public ReduceLROnPlateau factor(double factor) {
    return new ReduceLROnPlateau(
        monitor, new Plan(factor, plan.patience, plan.cooldown, plan.minRate));
  }

  /** The same with how many epochs without improvement it waits; 10 by default. */
  public ReduceLROnPlateau patience(int epochs) {
    return new ReduceLROnPlateau(
        monitor, new Plan(plan.factor, epochs, plan.cooldown, plan.minRate));
  }

  /** The same with how many epochs it rests after lowering the rate; 0 by default. */
  public ReduceLROnPlateau cooldown(int epochs) {
    return new ReduceLROnPlateau(
        monitor, new Plan(plan.factor, plan.patience, epochs, plan.minRate));
  }

  /** The same with a rate that it does not go below; 0 by default. */
  public ReduceLROnPlateau minRate(double rate) {
    return new ReduceLROnPlateau(
        monitor, new Plan(plan.factor, plan.patience, plan.cooldown, rate));
  }

  /** The same, counting only changes of more than an amount as improvement; 1e-4 by default. */
  public ReduceLROnPlateau minDelta(double delta) {
    return new ReduceLROnPlateau(monitor.withMinDelta(delta), plan);
  }

  /** The same, where metrics should grow, or shrink; by default as is better for the metric. */
  public ReduceLROnPlateau largerIsBetter(boolean larger) {
    return new ReduceLROnPlateau(monitor.withLargerBetter(larger), plan);
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
    private int rest;

    Watch(TrainingView view) {
      this.view = view;
      this.watched = monitor.in("ReduceLROnPlateau", view.settings().of(view.model()));
      this.best = watched.worst();
    }

    @Override
    public ObserverState state() {
      return ObserverState.of(Map.of("best", best, "wait", (double) wait, "rest", (double) rest));
    }

    @Override
    public void recall(ObserverState state) {
      best = state.number("best");
      wait = (int) state.number("wait");
      rest = (int) state.number("rest");
    }

    @Override
    public CallbackAction epochEnd(Epoch epoch) {
      // As in Keras, what is reported is the rate that the epoch had.
      double rate = view.learningRate();
      return decide(epoch, rate).metric("learning_rate", rate);
    }

    private CallbackAction decide(Epoch epoch, double rate) {
      double value = watched.of(epoch, "ReduceLROnPlateau");
      boolean resting = rest > 0;
      if (resting) {
        rest--;
        wait = 0;
      }
      if (watched.improves(value, best)) {
        best = value;
        wait = 0;
        return CallbackAction.proceed();
      }
      // As in Keras, the epoch in which the rest ends counts again.
      return rest > 0 ? CallbackAction.proceed() : count(rate);
    }

    private CallbackAction count(double rate) {
      wait++;
      if (wait < plan.patience || rate <= plan.minRate) {
        return CallbackAction.proceed();
      }
      wait = 0;
      rest = plan.cooldown;
      return CallbackAction.proceed().learningRate(Math.max(rate * plan.factor, plan.minRate));
    }
  }
}
