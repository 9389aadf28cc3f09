package kerava.train;

import java.util.Map;
import kerava.config.Nearest;
import kerava.config.Visible;

/**
 * What a model reaches on a data set.
 *
 * @param loss the mean loss over samples, penalties included
 * @param metrics the metrics by name, in the order of compilation, those that weight samples last;
 *     one of several numbers as {@code f1_score[0]} and so on
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
