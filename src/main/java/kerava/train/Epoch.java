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
 * @param figures the loss, the metrics and the same in validation as {@code val_...}, sorted by
 *     name
 */
public record Epoch(int index, int epochs, int steps, double seconds, Map<String, Double> figures) {

  /** The same epoch with other figures. */
  Epoch with(Map<String, Double> others) {
    return new Epoch(index, epochs, steps, seconds, others);
  }

  /** One figure, if it was reported. */
  public Optional<Double> figure(String name) {
    return Optional.ofNullable(figures.get(name));
  }
}
