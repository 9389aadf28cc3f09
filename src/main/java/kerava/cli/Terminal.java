package kerava.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** What there is to know about the terminal, if there is one. */
final class Terminal {
  private static final int REFRESH_MILLIS = 100;

  private Terminal() {}

  /** Whether a person watches, which the launcher finds out. */
  static boolean interactive() {
    return Boolean.getBoolean("kerava.terminal");
  }

  /** A progress bar with the time that is left. */
  static ProgressBar bar(String task, long total, String unit, long unitSize) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .setUnit(unit, unitSize)
        .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
        .setUpdateIntervalMillis(REFRESH_MILLIS)
        .showSpeed()
        .build();
  }
}
