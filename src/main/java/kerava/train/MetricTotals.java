package kerava.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import kerava.graph.Array;
import kerava.train.graph.Reported;
import kerava.train.graph.TrackedMetric;

/**
 * What the loss and the metrics gather over batches. Batches give floats, which count to 2^24; what
 * they add up to is held in double precision.
 */
final class MetricTotals {
  private final Reported reported;
  private final double[] sums;
  private long samples;
  private long batches;

  /**
   * Nothing gathered yet.
   *
   * @param reported what batches report
   */
  MetricTotals(Reported reported) {
    this.reported = reported;
    this.sums = new double[reported.size()];
  }

  /**
   * Adds a batch.
   *
   * @param batch its mean losses, then what it adds to the sums of each metric
   */
  void add(float[] batch, int size) {
    sums[0] += (double) batch[0] * size;
    for (int i = 1; i < sums.length; i++) {
      sums[i] += batch[i];
    }
    samples += size;
    batches++;
  }

  /**
   * What a batch gave.
   *
   * @param batch its mean losses, then what it adds to the sums of each metric
   */
  record Part(Array batch, int size) {}

  void add(Part part) {
    add(part.batch().floats(), part.size());
  }

  /** Everything gathered so far: how many samples, how many batches, then the sums. */
  double[] gathered() {
    double[] all = new double[2 + sums.length];
    all[0] = samples;
    all[1] = batches;
    System.arraycopy(sums, 0, all, 2, sums.length);
    return all;
  }

  /**
   * Goes on from what was gathered before.
   *
   * @throws IllegalArgumentException if other metrics gathered it
   */
  void restore(double[] gathered) {
    if (gathered.length != 2 + sums.length) {
      throw new IllegalArgumentException(
          "Metrics: expected "
              + (2 + sums.length)
              + " sums so far, got "
              + gathered.length
              + ". Are they of other metrics?");
    }
    samples = (long) gathered[0];
    batches = (long) gathered[1];
    System.arraycopy(gathered, 2, sums, 0, sums.length);
  }

  /** Forgets everything. */
  void clear() {
    Arrays.fill(sums, 0);
    samples = 0;
    batches = 0;
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
    int from = reported.means();
    for (TrackedMetric metric : reported.metrics()) {
      int to = from + metric.state().size();
      double[] result = metric.result(Arrays.copyOfRange(sums, from, to));
      for (int i = 0; i < result.length; i++) {
        String number = result.length == 1 ? "" : "[" + i + "]";
        figure.accept(metric.name() + number, result[i]);
      }
      from = to;
    }
    for (int i = 0; i < reported.losses().size(); i++) {
      // As in Keras, which does not know there how many samples a batch has.
      figure.accept(reported.losses().get(i), sums[1 + i] / batches);
    }
  }
}
