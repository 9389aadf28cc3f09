package kerava.train.callbacks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import kerava.TrainingView;
import kerava.files.Folders;
import kerava.files.PlaceLock;
import kerava.files.WriteException;
import kerava.train.Batch;
import kerava.train.Callback;
import kerava.train.CallbackAction;
import kerava.train.Epoch;
import kerava.train.ObserverState;
import kerava.train.Run;
import kerava.train.SaveFrequency;

/**
 * Hands the state of the training to a writer: after epochs or batches, all of them, every so many,
 * or those that improve a metric.
 *
 * <pre>{@code
 * Path folder = Path.of("checkpoints");
 * ModelCheckpoint.best("val_accuracy", (epoch, view) ->
 *         KerasArchive.write(
 *             StoredModel.of(view),
 *             folder.resolve(epoch.named("{epoch:02d}-{val_accuracy:.3f}.keras"))))
 *     .into(folder);
 * }</pre>
 *
 * @see <a href="https://keras.io/api/callbacks/model_checkpoint/">Keras: ModelCheckpoint</a>
 */
public final class ModelCheckpoint implements Callback {
  private final Optional<Monitor> monitor;
  private final SaveFrequency frequency;
  private final Optional<Double> threshold;
  private final Target target;

  private ModelCheckpoint(
      Optional<Monitor> monitor,
      SaveFrequency frequency,
      Optional<Double> threshold,
      Target target) {
    this.monitor = monitor;
    this.frequency = frequency;
    this.threshold = threshold;
    this.target = target;
  }

  /** Who writes, and where if that is known. */
  private record Target(Writer writer, Optional<Path> folder) {
    static Target of(Writer writer) {
      return new Target(writer, Optional.empty());
    }
  }

  /** Writes the state of a training. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes the state after an epoch, or within one: it then has the batches done as its steps,
     * and their metrics.
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
    require("epochs", epochs);
    return new ModelCheckpoint(
        Optional.empty(), new SaveFrequency(epochs, 0), Optional.empty(), Target.of(writer));
  }

  /**
   * Writes after each epoch that is better than all before.
   *
   * @param metric what it is checked by; it should grow or shrink as is better for the metric
   */
  public static ModelCheckpoint best(String metric, Writer writer) {
    return new ModelCheckpoint(
        Optional.of(Monitor.of(metric)),
        new SaveFrequency(1, 0),
        Optional.empty(),
        Target.of(writer));
  }

  /**
   * The same that writes, or looks whether to write, after every so many batches instead of epochs;
   * batches are counted over the whole run. Within an epoch there are no metrics of validation.
   *
   * @throws IllegalArgumentException if the number is below 1
   */
  public ModelCheckpoint saveFreq(int batches) {
    require("saveFreq", batches);
    return new ModelCheckpoint(monitor, new SaveFrequency(1, batches), threshold, target);
  }

  /** The same, where the metric should grow, or shrink; by default as is better for it. */
  public ModelCheckpoint largerIsBetter(boolean larger) {
    return new ModelCheckpoint(
        monitor.map(one -> one.withLargerBetter(larger)), frequency, threshold, target);
  }

  /** The same that writes nothing until the metric is better than a value. */
  public ModelCheckpoint initialValueThreshold(double value) {
    return new ModelCheckpoint(monitor, frequency, Optional.of(value), target);
  }

  /**
   * The same that looks, before training begins, whether files can be written into a folder, so
   * that hours are not lost; it makes the folder if it is not there. No other run may then have it
   * as its folder of checkpoints. The writer chooses where it writes, nevertheless.
   */
  public ModelCheckpoint into(Path folder) {
    Target checked = new Target(target.writer, Optional.of(folder));
    return new ModelCheckpoint(monitor, frequency, threshold, checked);
  }

  private static void require(String what, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(
          "ModelCheckpoint " + what + ": expected at least 1, got " + number + ".");
    }
  }

  @Override
  public Optional<PlaceLock> lock() throws IOException {
    return target.folder.isPresent()
        ? Optional.of(PlaceLock.folder("ModelCheckpoint", target.folder.get()))
        : Optional.empty();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException if {@linkplain #into the folder} cannot be written
   */
  @Override
  public Observer observe(Run run) {
    if (target.folder.isPresent()) {
      try {
        Folders.prepare("ModelCheckpoint", target.folder.get());
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
    return new Watch(run);
  }

  private final class Watch implements Observer {
    private final Run run;
    private final Optional<Monitor> watched;
    private double best;
    private long start = System.nanoTime();

    Watch(Run run) {
      this.run = run;
      this.watched =
          monitor.map(
              one -> one.in("ModelCheckpoint", run.view().settings().of(run.view().model())));
      this.best = threshold.orElse(watched.map(Monitor::worst).orElse(0.0));
    }

    @Override
    public CallbackAction epochBegin(int epoch) {
      start = System.nanoTime();
      return CallbackAction.proceed();
    }

    @Override
    public CallbackAction batchEnd(Batch batch) {
      if (frequency.afterBatches(batch.step() + 1)) {
        double seconds = (System.nanoTime() - start) / 1e9;
        writeIfBetter(
            new Epoch(
                batch.epoch(), run.epochs(), batch.index() + 1, seconds, batch.means().get()));
      }
      return CallbackAction.proceed();
    }

    @Override
    public int batchesAtOnce(long step) {
      return frequency.batchesUntil(step);
    }

    @Override
    public CallbackAction epochEnd(Epoch epoch) {
      if (frequency.afterEpochs(epoch.index() + 1)) {
        writeIfBetter(epoch);
      }
      return CallbackAction.proceed();
    }

    private void writeIfBetter(Epoch epoch) {
      if (watched.isPresent()) {
        double value = watched.get().of(epoch, "ModelCheckpoint");
        if (!watched.get().improves(value, best)) {
          return;
        }
        best = value;
      }
      write(epoch, run.view());
    }

    @Override
    public ObserverState state() {
      return ObserverState.of(Map.of("best", best));
    }

    @Override
    public void recall(ObserverState state) {
      best = state.number("best");
    }
  }

  private void write(Epoch epoch, TrainingView view) {
    try {
      target.writer.write(epoch, view);
    } catch (IOException e) {
      String when = "in epoch " + (epoch.index() + 1) + " after batch " + epoch.steps();
      String what = e instanceof WriteException known ? known.place() + " " : "";
      WriteException problem =
          WriteException.of("ModelCheckpoint: expected to write " + what + when, e);
      throw new UncheckedIOException(problem.getMessage(), problem);
    }
  }
}
