package kerava.cli;

import java.util.Optional;
import kerava.examples.Terms;

/**
 * What the command line says of the length and pace of a training; what it leaves out is the
 * recipe's.
 *
 * @param epochs how often to go through the data
 * @param batchSize how many images a step takes
 * @param learningRate the optimizer's, or the highest of its schedule
 */
record Wishes(
    Optional<Integer> epochs, Optional<Integer> batchSize, Optional<Double> learningRate) {
  /** The terms of a recipe, with these instead of its own. */
  Terms over(Terms own) {
    return new Terms(
        epochs.orElse(own.epochs()),
        batchSize.orElse(own.batchSize()),
        learningRate.orElse(own.learningRate()));
  }
}
