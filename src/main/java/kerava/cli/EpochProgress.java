package kerava.cli;

import java.util.Locale;
import java.util.Map;
import kerava.train.Batch;
import kerava.train.Callback;
import kerava.train.CallbackAction;
import kerava.train.Epoch;
import kerava.train.Run;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * Shows training as it goes on: a bar with the time left on a terminal, and a line for each
 * finished epoch.
 *
 * @param console where to
 * @param bars whether there is a terminal for bars
 */
record EpochProgress(Console console, boolean bars) implements Callback {
  @Override
  public Observer observe(Run run) {
    return bars ? new Bars(run) : new Lines();
  }

  /** The figures as Keras shows them: four decimals, or an exponent where they are tiny. */
  static String figures(Map<String, Double> figures) {
    StringBuilder text = new StringBuilder();
    figures.forEach(
        (name, value) -> text.append(" - ").append(name).append(": ").append(number(value)));
    return text.toString();
  }

  static String number(double value) {
    return Math.abs(value) > 1e-3 || value == 0
        ? String.format(Locale.ROOT, "%.4f", value)
        : String.format(Locale.ROOT, "%.4e", value);
  }

  private void line(Epoch epoch) {
    long millis = Math.round(epoch.seconds() * 1000 / epoch.steps());
    console.line(
        String.format(
            Locale.ROOT,
            "Epoch %d/%d - %ds - %dms/step%s",
            epoch.index() + 1,
            epoch.epochs(),
            Math.round(epoch.seconds()),
            millis,
            figures(epoch.metrics())));
  }

  private final class Lines implements Observer {
    @Override
    public CallbackAction epochEnd(Epoch epoch) {
      line(epoch);
      return CallbackAction.proceed();
    }
  }

  private final class Bars implements Observer {
    private static final int EVERY = 10;

    private final Run run;
    private @Nullable ProgressBar bar;

    Bars(Run run) {
      this.run = run;
    }

    @Override
    public CallbackAction epochBegin(int epoch) {
      bar = Terminal.bar("Epoch " + (epoch + 1) + "/" + run.epochs(), run.steps(), "", 1);
      return CallbackAction.proceed();
    }

    @Override
    public CallbackAction batchEnd(Batch batch) {
      if (bar != null) {
        bar.step();
        if (batch.index() % EVERY == 0) {
          Terminal.say(bar, figures(batch.means().get()));
        }
      }
      return CallbackAction.proceed();
    }

    @Override
    public int batchesAtOnce(long step) {
      return Integer.MAX_VALUE;
    }

    @Override
    public CallbackAction epochEnd(Epoch epoch) {
      close();
      line(epoch);
      return CallbackAction.proceed();
    }

    @Override
    public CallbackAction runEnd() {
      close();
      return CallbackAction.proceed();
    }

    private void close() {
      if (bar != null) {
        bar.close();
        bar = null;
      }
    }
  }
}
