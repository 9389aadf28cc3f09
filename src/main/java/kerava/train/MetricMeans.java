package kerava.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kerava.graph.Array;

/** Means over samples of the loss and the metrics, gathered batch by batch. */
final class MetricMeans {
  private final List<String> names;
  private final double[] sums;
  private long samples;

  /**
   * Nothing gathered yet.
   *
   * @param names the names of the metrics, in the order of the graph's metrics
   */
  MetricMeans(List<String> names) {
    this.names = names;
    this.sums = new double[1 + names.size()];
  }

  /**
   * Adds a batch.
   *
   * @param batch its mean loss, then the sum of each metric over its samples
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
   * @param batch its mean loss, then the sum of each metric over its samples
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

  /** Goes on from what was gathered before. */
  void restore(double[] gathered) {
    samples = (long) gathered[0];
    System.arraycopy(gathered, 1, sums, 0, sums.length);
  }

  /** Forgets everything. */
  void clear() {
    java.util.Arrays.fill(sums, 0);
    samples = 0;
  }

  double loss() {
    return sums[0] / samples;
  }

  /** All means by name, sorted. */
  Map<String, Double> named(String prefix) {
    Map<String, Double> means = new TreeMap<>();
    means.put(prefix + "loss", loss());
    for (int i = 0; i < names.size(); i++) {
      means.put(prefix + names.get(i), sums[i + 1] / samples);
    }
    return means;
  }

  Evaluation evaluation() {
    Map<String, Double> metrics = new java.util.LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      metrics.put(names.get(i), sums[i + 1] / samples);
    }
    return new Evaluation(loss(), metrics);
  }
}
