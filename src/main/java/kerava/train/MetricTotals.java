package kerava.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import kerava.graph.Array;
import kerava.train.graph.TrackedMetric;

/**
 * What the loss and the metrics gather over batches. Batches give floats, which count to 2^24; what
 * they add up to is held in double precision.
 */
final class MetricTotals {
  private final List<TrackedMetric> metrics;
  private final double[] sums;
  private long samples;

  /**
   * Nothing gathered yet.
   *
   * @param metrics the metrics, in the order of the graph's
   */
  MetricTotals(List<TrackedMetric> metrics) {
    this.metrics = metrics;
    this.sums = new double[1 + metrics.stream().mapToInt(one -> one.state().size()).sum()];
  }

  /**
   * Adds a batch.
   *
   * @param batch its mean loss, then what it adds to the sums of each metric
   */
  void add(float[] batch, int size) {
    sums[0] += (double) batch[0] * size;
    for (int i = 1; i < sums.length; i++) {
      sums[i] += batch[i];
    }
    samples += size;
  }

  /**
   * What a batch gave.
   *
   * @param batch its mean loss, then what it adds to the sums of each metric
   */
  record Part(Array batch, int size) {}

  void add(Part part) {
    add(part.batch().floats(), part.size());
  }

  /** Everything gathered so far: how many samples, then the sums. */
  double[] gathered() {
    double[] all = new double[1 + sums.length];
    all[0] = samples;
    System.arraycopy(sums, 0, all, 1, sums.length);
    return all;
  }

  /**
   * Goes on from what was gathered before.
   *
   * @throws IllegalArgumentException if other metrics gathered it
   */
  void restore(double[] gathered) {
    if (gathered.length != 1 + sums.length) {
      throw new IllegalArgumentException(
          "Metrics: expected "
              + (1 + sums.length)
              + " sums so far, got "
              + gathered.length
              + ". Are they of other metrics?");
    }
    samples = (long) gathered[0];
    System.arraycopy(gathered, 1, sums, 0, sums.length);
  }

  /** Forgets everything. */
  void clear() {
    Arrays.fill(sums, 0);
    samples = 0;
  }

  double loss() {
    return sums[0] / samples;
  }

  /** All figures by name, sorted. */
  Map<String, Double> named(String prefix) {
    Map<String, Double> figures = new TreeMap<>();
    figures.put(prefix + "loss", loss());
    each((name, figure) -> figures.put(prefix + name, figure));
    return figures;
  }

  Evaluation evaluation() {
    Map<String, Double> figures = new LinkedHashMap<>();
    each(figures::put);
    return new Evaluation(loss(), figures);
  }

  private void each(BiConsumer<String, Double> figure) {
    int from = 1;
    for (TrackedMetric metric : metrics) {
      int to = from + metric.state().size();
      double[] result = metric.result(Arrays.copyOfRange(sums, from, to));
      for (int i = 0; i < result.length; i++) {
        String number = result.length == 1 ? "" : "[" + i + "]";
        figure.accept(metric.name() + number, result[i]);
      }
      from = to;
    }
  }
}
