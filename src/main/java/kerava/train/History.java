package kerava.train;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import kerava.config.Nearest;
import kerava.config.Visible;

/**
 * What a training run reported, epoch by epoch.
 *
 * @param metrics the loss and the metrics by name, one number an epoch; validation metrics go by
 *     {@code val_} and their name; names sorted, as in Keras; where Keras has several numbers under
 *     a name, each has its own, {@code f1_score[0]} and so on
 * @param secondsPerEpoch how long each epoch took, validation included, in seconds
 * @param stopped why the run ended before its last epoch; empty if it did not
 * @see <a href="https://keras.io/api/callbacks/">Keras: the History callback</a>
 */
public record History(
    SortedMap<String, List<Double>> metrics,
    List<Double> secondsPerEpoch,
    Optional<String> stopped) {

  /** A run that reached its last epoch. */
  public History(SortedMap<String, List<Double>> metrics, List<Double> secondsPerEpoch) {
    this(metrics, secondsPerEpoch, Optional.empty());
  }

  /** How many epochs were finished. */
  public int epochs() {
    return secondsPerEpoch.size();
  }

  /**
   * The metrics of one name, one an epoch.
   *
   * @throws IllegalArgumentException if nothing was reported under that name
   */
  public List<Double> get(String name) {
    List<Double> values = metrics.get(name);
    if (values == null) {
      throw new IllegalArgumentException(
          Visible.of(
              "History: expected "
                  + Nearest.oneOf(name, metrics.keySet())
                  + ", got \""
                  + name
                  + "\"."));
    }
    return values;
  }
}
