package kerava.train;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import kerava.files.PlaceLock;

/**
 * Something that watches training and may change its course, as an immutable value: each run gets
 * an observer of its own.
 *
 * @see <a href="https://keras.io/api/callbacks/">Keras: callbacks</a>
 */
@FunctionalInterface
public interface Callback {
  /** Begins to watch a run. */
  Observer observe(Run run);

  /**
   * Takes what only one run at a time may write. It is asked for before anything is trained or
   * written, and given back when the run is over, however it ends.
   *
   * @return empty, by default: there is no such place
   * @throws kerava.files.InUseException if another run has it; the message says which
   * @throws IOException if the place cannot be written
   */
  default Optional<PlaceLock> lock() throws IOException {
    return Optional.empty();
  }

  /** A callback that sees finished epochs. */
  static Callback onEpoch(Function<Epoch, CallbackAction> then) {
    return run ->
        new Observer() {
          @Override
          public CallbackAction epochEnd(Epoch epoch) {
            return then.apply(epoch);
          }
        };
  }

  /**
   * A callback that sees finished batches, each with the model as it was then, so that steps are
   * made one by one.
   */
  static Callback onBatch(Function<Batch, CallbackAction> then) {
    return run ->
        new Observer() {
          @Override
          public CallbackAction batchEnd(Batch batch) {
            return then.apply(batch);
          }
        };
  }

  /** What a callback does in one run; every method may be left out. */
  interface Observer {
    /**
     * Before an epoch.
     *
     * @param epoch which, from 0
     */
    default CallbackAction epochBegin(int epoch) {
      return CallbackAction.proceed();
    }

    /** After a batch, or after the run of several steps that it was part of. */
    default CallbackAction batchEnd(Batch batch) {
      return CallbackAction.proceed();
    }

    /**
     * How many of the next batches may be trained on before {@link #batchEnd} is called for them,
     * which it is for each, in order and with its own metrics. Until the last of them the model is
     * ahead ({@link Batch#current}), and so a decision comes late: therefore 1, unless overridden.
     * An observer that leaves {@link #batchEnd} out is not asked.
     *
     * @param step how many steps were done before in this run
     * @return at least 1; {@code Integer.MAX_VALUE} if metrics are all that is looked at
     * @see Fit#stepsPerExecution
     */
    default int batchesAtOnce(long step) {
      return 1;
    }

    /** After an epoch and its validation. */
    default CallbackAction epochEnd(Epoch epoch) {
      return CallbackAction.proceed();
    }

    /** Before the validation at the end of an epoch, if there is validation data. */
    default CallbackAction validationBegin() {
      return CallbackAction.proceed();
    }

    /** After that validation. */
    default CallbackAction validationEnd() {
      return CallbackAction.proceed();
    }

    /**
     * What must not be lost if the process ends, after all observers were asked; see {@link
     * BackupAndRestore}.
     */
    default ObserverState state() {
      return ObserverState.none();
    }

    /**
     * Goes on from what {@link #state} gave in an earlier process. Where the run goes on in the
     * middle of an epoch, {@link #epochBegin} was asked before, and its answer left alone.
     */
    default void recall(ObserverState state) {}

    /** After the run, also where an exception ends it; may change the weights a last time. */
    default CallbackAction runEnd() {
      return CallbackAction.proceed();
    }
  }
}
