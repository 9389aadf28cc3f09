package kerava.cli.training;

import java.util.Optional;
import kerava.examples.RecipeParameters;
import kerava.train.Fit;

/**
 * What the command line says of the length and pace of a training; what it leaves out is the
 * recipe's.
 *
 * @param epochs how often to go through the data
 * @param batchSize how many images a step takes
 * @param learningRate the optimizer's, or the highest of its schedule
 * @param stepsPerExecution how many steps are made in one run of TensorFlow's
 */
public record TrainingOverrides(
    Optional<Integer> epochs,
    Optional<Integer> batchSize,
    Optional<Double> learningRate,
    Optional<Integer> stepsPerExecution) {
  /** The parameters of a recipe, with these instead of its own. */
  RecipeParameters over(RecipeParameters own) {
    return new RecipeParameters(
        epochs.orElse(own.epochs()),
        batchSize.orElse(own.batchSize()),
        learningRate.orElse(own.learningRate()));
  }

  /** The same fit, with as many steps in a run as are asked for. */
  Fit paced(Fit fit) {
    return stepsPerExecution.map(fit::stepsPerExecution).orElse(fit);
  }
}
