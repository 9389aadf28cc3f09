package kerava.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The observers of a run: asks them in turn, and does what they decide. */
final class Observers {
  private final Trainer trainer;
  private final Map<String, Callback.Observer> all = new LinkedHashMap<>();

  Observers(Trainer trainer, List<Callback> callbacks, Run run) {
    this.trainer = trainer;
    callbacks.forEach(callback -> all.put(name(callback), callback.observe(run)));
  }

  /** A name that the same callback has in another process. */
  private String name(Callback callback) {
    Class<?> type = callback.getClass();
    String name = type.isHidden() || type.isAnonymousClass() ? "Callback" : type.getSimpleName();
    String free = name;
    for (int i = 1; all.containsKey(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  boolean none() {
    return all.isEmpty();
  }

  /** How many of the next batches all agree to be told of at once. */
  int batchesAtOnce(long step) {
    return all.values().stream()
        .filter(Observers::seesBatches)
        .mapToInt(observer -> observer.batchesAtOnce(step))
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  private static boolean seesBatches(Callback.Observer observer) {
    try {
      return observer.getClass().getMethod("batchEnd", Batch.class).getDeclaringClass()
          != Callback.Observer.class;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Callback.Observer: expected batchEnd, got none.", e);
    }
  }

  /** Asks all; gives the first reason to stop, if there is one. */
  Optional<String> ask(Function<Callback.Observer, CallbackAction> question) {
    Optional<String> stop = Optional.empty();
    for (Callback.Observer observer : all.values()) {
      CallbackAction decision = question.apply(observer);
      stop = stop.isPresent() ? stop : decision.stop();
      follow(decision);
    }
    return stop;
  }

  /** Tells all, and leaves the answers alone. */
  void tell(Consumer<Callback.Observer> news) {
    all.values().forEach(news);
  }

  /**
   * An epoch that was shown to all.
   *
   * @param epoch with the metrics that they added
   * @param stop the first reason to stop, if there is one
   */
  record Shown(Epoch epoch, Optional<String> stop) {}

  /** Shows an epoch to all; each sees the metrics that those before it added, as in Keras. */
  Shown show(Epoch finished) {
    Shown shown = new Shown(finished, Optional.empty());
    for (Callback.Observer observer : all.values()) {
      CallbackAction decision = observer.epochEnd(shown.epoch());
      follow(decision);
      Map<String, Double> metrics = new TreeMap<>(shown.epoch().metrics());
      metrics.putAll(decision.metrics());
      shown =
          new Shown(
              shown.epoch().with(metrics),
              shown.stop().isPresent() ? shown.stop() : decision.stop());
    }
    return shown;
  }

  private void follow(CallbackAction decision) {
    decision.learningRate().ifPresent(trainer::learningRate);
    decision.weights().ifPresent(trainer::restore);
  }

  /** What observers want to be kept, by their names. */
  Map<String, ObserverState> states() {
    Map<String, ObserverState> states = new LinkedHashMap<>();
    all.forEach(
        (name, observer) -> {
          ObserverState state = observer.state();
          if (!state.equals(ObserverState.none())) {
            states.put(name, state);
          }
        });
    return states;
  }

  /**
   * Gives observers back what was kept of them.
   *
   * @throws IllegalArgumentException if they are not those of which it was kept
   */
  void recall(Map<String, ObserverState> states) {
    Map<String, ObserverState> now = states();
    if (!now.keySet().equals(states.keySet())) {
      throw new IllegalArgumentException(
          "BackupAndRestore: expected a backup of a run with the callbacks "
              + now.keySet()
              + ", got one with "
              + states.keySet()
              + ".");
    }
    states.forEach((name, state) -> required(name).recall(state));
  }

  private Callback.Observer required(String name) {
    return Optional.ofNullable(all.get(name)).orElseThrow();
  }
}
