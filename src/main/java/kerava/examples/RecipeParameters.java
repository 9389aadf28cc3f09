package kerava.examples;

import kerava.data.Dataset;

/**
 * What a recipe leaves open.
 *
 * @param epochs how often to go through the images
 * @param batchSize how many images a step takes
 * @param learningRate the optimizer's learning rate, or the highest of its schedule
 */
public record RecipeParameters(int epochs, int batchSize, double learningRate) {
  /** Checks the numbers. */
  public RecipeParameters {
    if (epochs < 1 || batchSize < 1 || !(learningRate > 0)) {
      throw new IllegalArgumentException(
          "Terms: expected at least 1 epoch, a batch of at least 1 and a rate above 0, got "
              + epochs
              + ", "
              + batchSize
              + " and "
              + learningRate
              + ".");
    }
  }

  /**
   * How many steps a training takes.
   *
   * @throws IllegalArgumentException if they are more than can be counted
   */
  public int steps(Dataset images) {
    long steps = (long) epochs * ((images.size() + batchSize - 1L) / batchSize);
    if (steps > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Epochs: expected at most %d steps in all of them, got %d."
              .formatted(Integer.MAX_VALUE, steps));
    }
    return (int) steps;
  }
}
