package kerava.train;

import java.util.Map;
import kerava.config.Nearest;
import kerava.config.Visible;

/**
 * What a model reaches on a data set: means over samples.
 *
 * @param loss the loss, penalties included
 * @param metrics the metrics by name, in the order of compilation
 */
public record Evaluation(double loss, Map<String, Double> metrics) {
  /**
   * One metric.
   *
   * @throws IllegalArgumentException if nothing was reported under that name
   */
  public double get(String name) {
    Double value = metrics.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          Visible.of(
              "Evaluation: expected "
                  + Nearest.oneOf(name, metrics.keySet())
                  + ", got \""
                  + name
                  + "\"."));
    }
    return value;
  }
}
