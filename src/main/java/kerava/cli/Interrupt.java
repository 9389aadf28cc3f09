package kerava.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kerava.train.Callback;
import kerava.train.Decision;

/**
 * Ctrl-C while training: the run ends after the current batch, and the process ends when the work
 * so far is saved.
 */
final class Interrupt implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  private final CountDownLatch saved = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "kerava-interrupt");
  private volatile boolean asked;

  Interrupt() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether Ctrl-C was pressed. */
  boolean asked() {
    return asked;
  }

  /** The callback that ends training. */
  Callback callback() {
    return Callback.onBatch(
        batch ->
            asked
                ? Decision.stop(
                    "interrupted in epoch "
                        + (batch.epoch() + 1)
                        + " after batch "
                        + (batch.index() + 1)
                        + " of "
                        + batch.count())
                : Decision.proceed());
  }

  private void interrupted() {
    asked = true;
    try {
      saved.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the process end. */
  @Override
  public void close() {
    saved.countDown();
    if (!asked) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
