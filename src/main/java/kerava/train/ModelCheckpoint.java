package kerava.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * Hands the state of the training to a writer after epochs: after each, or after those that improve
 * a figure.
 *
 * <pre>{@code
 * ModelCheckpoint.best("val_accuracy", (epoch, view) ->
 *     KerasArchive.write(view.model(), view.weights(), Path.of("best.keras")));
 * }</pre>
 *
 * @see <a href="https://keras.io/api/callbacks/model_checkpoint/">Keras: ModelCheckpoint</a>
 */
public final class ModelCheckpoint implements Callback {
  private final Optional<Monitor> monitor;
  private final int every;
  private final Writer writer;

  private ModelCheckpoint(Optional<Monitor> monitor, int every, Writer writer) {
    this.monitor = monitor;
    this.every = every;
    this.writer = writer;
  }

  /** Writes the state of a training. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes the state after an epoch.
     *
     * @throws IOException if it cannot be written; training then ends with it
     */
    void write(Epoch epoch, TrainingView view) throws IOException;
  }

  /** Writes after each epoch. */
  public static ModelCheckpoint always(Writer writer) {
    return every(1, writer);
  }

  /**
   * Writes after every so many epochs.
   *
   * @throws IllegalArgumentException if the number is below 1
   */
  public static ModelCheckpoint every(int epochs, Writer writer) {
    if (epochs < 1) {
      throw new IllegalArgumentException(
          "ModelCheckpoint epochs: expected at least 1, got " + epochs + ".");
    }
    return new ModelCheckpoint(Optional.empty(), epochs, writer);
  }

  /**
   * Writes after each epoch that is better than all before.
   *
   * @param figure what it is judged by; accuracies should grow, all else should shrink
   */
  public static ModelCheckpoint best(String figure, Writer writer) {
    return new ModelCheckpoint(Optional.of(Monitor.of(figure)), 1, writer);
  }

  @Override
  public Observer observe(Run run) {
    return new Observer() {
      private double best = monitor.map(Monitor::worst).orElse(0.0);

      @Override
      public Decision epochEnd(Epoch epoch) {
        if (isDue(epoch)) {
          write(epoch, run.view());
        }
        return Decision.proceed();
      }

      @Override
      public ObserverState state() {
        return ObserverState.of(Map.of("best", best));
      }

      @Override
      public void recall(ObserverState state) {
        best = state.number("best");
      }

      private boolean isDue(Epoch epoch) {
        if (monitor.isEmpty()) {
          return (epoch.index() + 1) % every == 0;
        }
        double value = monitor.get().of(epoch, "ModelCheckpoint");
        boolean better = monitor.get().improves(value, best);
        best = better ? value : best;
        return better;
      }
    };
  }

  private void write(Epoch epoch, TrainingView view) {
    try {
      writer.write(epoch, view);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "ModelCheckpoint: expected to write after epoch "
              + (epoch.index() + 1)
              + ", got "
              + e
              + ".",
          e);
    }
  }
}
