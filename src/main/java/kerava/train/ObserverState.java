package kerava.train;

import java.util.Map;
import kerava.config.Nearest;
import kerava.config.Visible;
import kerava.graph.Weights;

/**
 * What an observer remembers of a run, in a form that outlives the process.
 *
 * @param numbers numbers by name
 * @param arrays arrays by name
 * @see BackupAndRestore
 */
public record ObserverState(Map<String, Double> numbers, Weights arrays) {
  private static final ObserverState NONE = new ObserverState(Map.of(), Weights.none());

  /** Keeps the numbers as they are now. */
  public ObserverState {
    numbers = Map.copyOf(numbers);
  }

  /** Nothing to remember. */
  public static ObserverState none() {
    return NONE;
  }

  /** Numbers alone. */
  public static ObserverState of(Map<String, Double> numbers) {
    return new ObserverState(numbers, Weights.none());
  }

  /**
   * One of the numbers.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public double number(String name) {
    Double number = numbers.get(name);
    if (number == null) {
      throw new IllegalArgumentException(
          Visible.of(
              "ObserverState: expected "
                  + Nearest.oneOf(name, numbers.keySet())
                  + ", got \""
                  + name
                  + "\"."));
    }
    return number;
  }
}
