package kerava.cli.training;

import java.util.Locale;
import kerava.cli.terminal.Console;
import kerava.cli.terminal.MetricText;
import kerava.cli.terminal.Terminal;
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
public record EpochProgress(Console console, boolean bars) implements Callback {
  @Override
  public Observer observe(Run run) {
    return bars ? new Bars(run) : new Lines();
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
            MetricText.of(epoch.metrics())));
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
          Terminal.say(bar, MetricText.of(batch.means().get()));
        }
      }
      return CallbackAction.proceed();
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

    @Override
    public int batchesAtOnce(long step) {
      return Integer.MAX_VALUE;
    }

    private void close() {
      if (bar != null) {
        bar.close();
        bar = null;
      }
    }
  }
}
