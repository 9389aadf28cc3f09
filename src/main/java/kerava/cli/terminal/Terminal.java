package kerava.cli.terminal;

import kerava.config.Visible;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** What there is to know about the terminal, if there is one. */
public final class Terminal {
  private static final int REFRESH_MILLIS = 100;

  /** How many columns the terminal has that a person watches; 0 if there is none. */
  private static final int COLUMNS = Integer.getInteger("kerava.terminal", 0);

  private Terminal() {}

  /** Whether a person watches, which the launcher finds out. */
  public static boolean interactive() {
    return COLUMNS > 0;
  }

  /** Puts words behind a bar. */
  public static void say(ProgressBar bar, String words) {
    bar.setExtraMessage(Visible.of(words));
  }

  /** A progress bar with the time that is left. */
  public static ProgressBar bar(String task, long total, String unit, long unitSize) {
    return new ProgressBarBuilder()
        .setTaskName(Visible.of(task))
        .setInitialMax(total)
        .setUnit(unit, unitSize)
        .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
        .setUpdateIntervalMillis(REFRESH_MILLIS)
        // The library would write to the descriptor that NativeMessages takes from native code.
        .setConsumer(new ConsoleProgressBarConsumer(System.err, COLUMNS - 1))
        .build();
  }
}
