package kerava;

import java.util.List;

/**
 * What a model is trained with: Keras' arguments of {@code compile}.
 *
 * @param optimizer how gradients change weights
 * @param loss what is made small
 * @param metrics what is reported beside the loss
 */
public record CompileSettings(Optimizer optimizer, Loss loss, List<Metric> metrics) {
  /** Keeps the metrics as they are now. */
  public CompileSettings {
    metrics = List.copyOf(metrics);
  }

  /** The same settings with another optimizer. */
  public CompileSettings withOptimizer(Optimizer other) {
    return new CompileSettings(other, loss, metrics);
  }

  /** Settings without or with metrics. */
  public static CompileSettings of(Optimizer optimizer, Loss loss, Metric... metrics) {
    return new CompileSettings(optimizer, loss, List.of(metrics));
  }
}
