package kerava;

import java.util.List;

/**
 * What a model is trained with: Keras' arguments of {@code compile}.
 *
 * @param optimizer how gradients change weights
 * @param loss what is made small
 * @param metrics what is reported beside the loss; each sample counts as 1 in it
 * @param weightedMetrics what is reported too, in which samples count by their weights, as they do
 *     in the loss
 * @see <a href="https://keras.io/api/models/model_training_apis/#compile-method">Keras: compile</a>
 */
public record CompileSettings(
    Optimizer optimizer, Loss loss, List<Metric> metrics, List<Metric> weightedMetrics) {
  /** Keeps the metrics as they are now. */
  public CompileSettings {
    metrics = List.copyOf(metrics);
    weightedMetrics = List.copyOf(weightedMetrics);
  }

  /** The same settings with another optimizer. */
  public CompileSettings withOptimizer(Optimizer other) {
    return new CompileSettings(other, loss, metrics, weightedMetrics);
  }

  /** The same settings with these metrics in which samples count by their weights; none before. */
  public CompileSettings withWeightedMetrics(Metric... weighted) {
    return new CompileSettings(optimizer, loss, metrics, List.of(weighted));
  }

  /** Settings without or with metrics. */
  public static CompileSettings of(Optimizer optimizer, Loss loss, Metric... metrics) {
    return new CompileSettings(optimizer, loss, List.of(metrics), List.of());
  }
}
