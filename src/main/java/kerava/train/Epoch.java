package kerava.train;

import java.util.Map;
import java.util.Optional;

/**
 * A finished epoch.
 *
 * @param index which, from 0
 * @param epochs the number of epochs at which the run ends
 * @param steps how many batches it had
 * @param seconds how long it took, validation included, in seconds
 * @param metrics the loss, the metrics and the same in validation as {@code val_...}, sorted by
 *     name
 */
public record Epoch(int index, int epochs, int steps, double seconds, Map<String, Double> metrics) {

  /** The same epoch with other metrics. */
  Epoch with(Map<String, Double> others) {
    return new Epoch(index, epochs, steps, seconds, others);
  }

  /**
   * A name with this epoch's number and metrics in it, as Keras makes those of checkpoint files.
   *
   * @param template holds {@code {epoch}}, counted from 1, {@code {batch}}, how many were done, or
   *     the name of a metric, {@code {f1_score[0]}} where it has several numbers, each with a
   *     format of Python if wanted: {@code {epoch:02d}-{val_loss:.2f}.keras}
   * @throws IllegalArgumentException if it asks for a metric that was not reported
   */
  public String named(String template) {
    return NameTemplate.fill(template, this);
  }

  /** One metric, if it was reported. */
  public Optional<Double> metric(String name) {
    return Optional.ofNullable(metrics.get(name));
  }
}
