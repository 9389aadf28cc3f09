package kerava.cli.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.train.Batch;
import kerava.train.Callback;
import kerava.train.CallbackAction;
import org.jline.utils.Signals;

/**
 * Ctrl-C while training: the run ends after the current batch, or run of batches, and the process
 * when the work so far is saved.
 *
 * <p>The signal is taken from Java, because in Java's own shutdown much of what saving needs, such
 * as fonts, refuses to work.
 */
final class Interrupt implements AutoCloseable {
  /** How a process ends that was interrupted. */
  static final int EXIT_CODE = 130;

  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final Map<String, Object> earlier = new LinkedHashMap<>();
  private volatile boolean requested;

  Interrupt() {
    for (String signal : SIGNALS) {
      Object handler = Signals.register(signal, () -> requested = true);
      if (handler != null) {
        earlier.put(signal, handler);
      }
    }
  }

  /** Whether a signal came. */
  boolean requested() {
    return requested;
  }

  /** The callback that ends training. */
  Callback callback() {
    return run -> new Watch();
  }

  private final class Watch implements Callback.Observer {
    @Override
    public CallbackAction batchEnd(Batch batch) {
      return requested && batch.current()
          ? CallbackAction.stop(
              "interrupted in epoch %d after batch %d of %d"
                  .formatted(batch.epoch() + 1, batch.index() + 1, batch.count()))
          : CallbackAction.proceed();
    }

    @Override
    public int batchesAtOnce(long step) {
      return Integer.MAX_VALUE;
    }
  }

  /** Gives the signals back. */
  @Override
  public void close() {
    earlier.forEach(Signals::unregister);
  }
}
