package kerava.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kerava.graph.Array;

/** Means over samples of the loss and the metrics, gathered batch by batch. */
final class Means {
  private final List<String> names;
  private final double[] sums;
  private long samples;

  /**
   * Nothing gathered yet.
   *
   * @param names the names of the metrics, in the order of the graph's figures
   */
  Means(List<String> names) {
    this.names = names;
    this.sums = new double[1 + names.size()];
  }

  /**
   * Adds a batch.
   *
   * @param figures its mean loss, then the sum of each metric over its samples
   */
  void add(float[] figures, int size) {
    sums[0] += (double) figures[0] * size;
    for (int i = 1; i < sums.length; i++) {
      sums[i] += figures[i];
    }
    samples += size;
  }

  /**
   * What a batch gave.
   *
   * @param figures its mean loss, then the sum of each metric over its samples
   */
  record Part(Array figures, int size) {}

  void add(Part part) {
    add(part.figures().floats(), part.size());
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
