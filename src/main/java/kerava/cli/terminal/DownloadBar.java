package kerava.cli.terminal;

import java.net.URI;
import kerava.data.DownloadListener;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows how a download goes on: a bar on a terminal, one line elsewhere. */
public final class DownloadBar implements DownloadListener, AutoCloseable {
  private static final long MEBIBYTE = 1 << 20;

  private final Console console;
  private @Nullable ProgressBar bar;
  private boolean announced;

  /** A bar that stands there once bytes have come. */
  public DownloadBar(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void received(URI from, long bytes, long total) {
    if (!announced) {
      announced = true;
      console.line("Downloading CIFAR-10 from " + from + " (" + total / MEBIBYTE + " MiB) ...");
      bar = Terminal.interactive() ? Terminal.bar("CIFAR-10", total, " MiB", MEBIBYTE) : null;
    }
    if (bar != null) {
      bar.stepTo(bytes);
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
