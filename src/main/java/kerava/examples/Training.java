package kerava.examples;

import java.util.function.Consumer;
import kerava.CompileSettings;
import kerava.Loss;
import kerava.Model;
import kerava.Optimizer;
import kerava.metrics.Accuracy;
import kerava.train.Fit;
import kerava.train.Trainer;

/**
 * A training that is ready to begin.
 *
 * @param model the network
 * @param settings what it is compiled with
 * @param fit how long it is trained, and on what terms
 * @param beginning what is done with a fresh trainer, such as setting weights
 */
public record Training(
    Model model, CompileSettings settings, Fit fit, Consumer<Trainer> beginning) {
  /** A training that reports accuracy and begins with the weights that were drawn. */
  public static Training of(Model model, Optimizer optimizer, Loss loss, Fit fit) {
    return new Training(
        model, CompileSettings.of(optimizer, loss, Accuracy.of()), fit, trainer -> {});
  }

  /** The same training that begins otherwise. */
  public Training beginning(Consumer<Trainer> other) {
    return new Training(model, settings, fit, other);
  }
}
