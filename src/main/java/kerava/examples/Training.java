package kerava.examples;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import kerava.CompileSettings;
import kerava.Loss;
import kerava.Model;
import kerava.Optimizer;
import kerava.metrics.Accuracy;
import kerava.train.Fit;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;

/**
 * A training that is ready to begin.
 *
 * @param model the network
 * @param settings what it is compiled with
 * @param fit how long it is trained, and in what batches
 * @param options how its graph is built, from the options that the caller has
 * @param beginning what is done with a fresh trainer, such as setting weights
 */
public record Training(
    Model model,
    CompileSettings settings,
    Fit fit,
    UnaryOperator<TrainerOptions> options,
    Consumer<Trainer> beginning) {
  /** A training that reports accuracy and begins with the weights that were drawn. */
  public static Training of(Model model, Optimizer optimizer, Loss loss, Fit fit) {
    return of(model, CompileSettings.of(optimizer, loss, Accuracy.of()), fit);
  }

  /** A training that begins with the weights that were drawn. */
  public static Training of(Model model, CompileSettings settings, Fit fit) {
    return new Training(model, settings, fit, given -> given, trainer -> {});
  }

  /** The same training that begins otherwise. */
  public Training beginning(Consumer<Trainer> other) {
    return new Training(model, settings, fit, options, other);
  }

  /** The same training whose graph is built with more options. */
  public Training options(UnaryOperator<TrainerOptions> other) {
    return new Training(model, settings, fit, other, beginning);
  }
}
