package kerava.train.graph;

import java.util.List;

/**
 * What a batch reports beside the whole loss.
 *
 * @param losses the names of the losses of single outputs, where there are several
 * @param metrics the metrics
 * @param byBatch whether figures depend on which samples are in a batch together
 */
public record Reported(List<String> losses, List<TrackedMetric> metrics, boolean byBatch) {
  /** Copies the lists. */
  public Reported {
    losses = List.copyOf(losses);
    metrics = List.copyOf(metrics);
  }

  /** How many means over the batch come first: the loss, then those of single outputs. */
  public int means() {
    return 1 + losses.size();
  }

  /** How many numbers a batch gives: the means, then what it adds to the sums of each metric. */
  public int size() {
    return means() + metrics.stream().mapToInt(one -> one.state().size()).sum();
  }
}
