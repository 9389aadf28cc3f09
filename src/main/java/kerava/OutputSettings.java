package kerava;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one output of a model is trained with.
 *
 * @param loss what is made small; empty for an output that is not trained
 * @param lossWeight by what the loss is multiplied in the sum of all losses
 * @param metrics what is reported beside the loss; each sample counts as 1 in it
 * @param weightedMetrics what is reported too, in which samples count by their weights, as they do
 *     in the loss
 * @see <a href="https://keras.io/api/models/model_training_apis/#compile-method">Keras: compile</a>
 */
public record OutputSettings(
    Optional<Loss> loss, double lossWeight, List<Metric> metrics, List<Metric> weightedMetrics) {
  /**
   * Keeps the metrics as they are now.
   *
   * @throws IllegalArgumentException if the weight is not finite
   */
  public OutputSettings {
    metrics = List.copyOf(metrics);
    weightedMetrics = List.copyOf(weightedMetrics);
    if (!Double.isFinite(lossWeight)) {
      throw new IllegalArgumentException(
          "Compile settings loss weight: expected a finite number, got " + lossWeight + ".");
    }
  }

  /** An output that is trained, and measured by metrics; its loss counts as it is. */
  public static OutputSettings of(Loss loss, Metric... metrics) {
    return new OutputSettings(Optional.of(loss), 1, List.of(metrics), List.of());
  }

  /** An output that is not trained; with metrics it is measured. */
  public static OutputSettings untrained(Metric... metrics) {
    return new OutputSettings(Optional.empty(), 1, List.of(metrics), List.of());
  }

  /** The same with another weight of the loss; 1 by default. */
  public OutputSettings withLossWeight(double weight) {
    return new OutputSettings(loss, weight, metrics, weightedMetrics);
  }

  /** The same with these metrics in which samples count by their weights; none by default. */
  public OutputSettings withWeightedMetrics(Metric... weighted) {
    return new OutputSettings(loss, lossWeight, metrics, List.of(weighted));
  }

  /** Whether there is anything that labels are needed for. */
  public boolean needsLabels() {
    return loss.isPresent() || !allMetrics().isEmpty();
  }

  /** The metrics, then the weighted ones. */
  public List<Metric> allMetrics() {
    List<Metric> all = new ArrayList<>(metrics);
    all.addAll(weightedMetrics);
    return List.copyOf(all);
  }
}
