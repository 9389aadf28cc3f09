package kerava.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kerava.train.graph.Reported;

/** How far a run is, and what it has reported: all that changes beside the trainer's own state. */
final class FitProgress {
  private final TreeMap<String, List<Double>> history = new TreeMap<>();
  private final List<Double> seconds = new ArrayList<>();
  private final MetricTotals totals;
  private Place place;
  private Optional<String> stopped = Optional.empty();
  private long epochStart = System.nanoTime();

  /**
   * The next batch of a run.
   *
   * @param epoch which epoch, from 0
   * @param batch which batch of it, from 0; the number of batches where only the epoch's end is
   *     left
   * @param step how many steps were done in the run
   */
  record Place(int epoch, int batch, long step) {}

  /**
   * Everything, as a value.
   *
   * @param place the next batch
   * @param totals what {@link MetricTotals} gathered in the epoch so far
   * @param seconds how long the epoch took so far
   * @param history what was reported
   */
  record Saved(Place place, List<Double> totals, double seconds, History history) {}

  /** The begin of a run. */
  FitProgress(Reported reported, int epoch) {
    this.totals = new MetricTotals(reported);
    this.place = new Place(epoch, 0, 0);
  }

  /** A run that was saved. */
  static FitProgress of(Reported reported, Saved saved) {
    FitProgress progress = new FitProgress(reported, 0);
    progress.place = saved.place();
    progress.totals.restore(saved.totals().stream().mapToDouble(Double::doubleValue).toArray());
    progress.epochStart -= (long) (saved.seconds() * 1e9);
    saved
        .history()
        .metrics()
        .forEach((name, values) -> progress.history.put(name, new ArrayList<>(values)));
    progress.seconds.addAll(saved.history().secondsPerEpoch());
    progress.stopped = saved.history().stopped();
    return progress;
  }

  Saved save() {
    List<Double> gathered = new ArrayList<>();
    for (double number : totals.gathered()) {
      gathered.add(number);
    }
    return new Saved(place, gathered, epochSeconds(), history());
  }

  Place place() {
    return place;
  }

  MetricTotals totals() {
    return totals;
  }

  Optional<String> stopped() {
    return stopped;
  }

  /** Ends the run, unless it was ended before. */
  void stop(Optional<String> reason) {
    stopped = stopped.isPresent() ? stopped : reason;
  }

  /** Begins the time of an epoch. */
  void beginEpoch() {
    epochStart = System.nanoTime();
  }

  double epochSeconds() {
    return (System.nanoTime() - epochStart) / 1e9;
  }

  /** Counts a batch. */
  void endBatch(float[] batch, int samples) {
    totals.add(batch, samples);
    place = new Place(place.epoch(), place.batch() + 1, place.step() + 1);
  }

  /** Counts an epoch and keeps what it reported. */
  void endEpoch(Epoch epoch) {
    for (Map.Entry<String, Double> metric : epoch.metrics().entrySet()) {
      history.computeIfAbsent(metric.getKey(), name -> new ArrayList<>()).add(metric.getValue());
    }
    seconds.add(epoch.seconds());
    totals.clear();
    place = new Place(place.epoch() + 1, 0, place.step());
  }

  History history() {
    return new History(history, List.copyOf(seconds), stopped);
  }
}
