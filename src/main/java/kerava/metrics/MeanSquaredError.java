package kerava.metrics;

import java.util.Set;
import kerava.Labels;
import kerava.LossFunctions;
import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of the squares of the errors: (batch, n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/regression_metrics/#meansquarederror-class">Keras:
 *     MeanSquaredError</a>
 */
public record MeanSquaredError(Config config) implements Metric {
  /** How the metric is written and read. */
  public static final Schema<MeanSquaredError> SCHEMA =
      Metric.schema("MeanSquaredError", MeanSquaredError::new).alias("mse", "MSE");

  /** The metric, under its own name. */
  public static MeanSquaredError of() {
    return new MeanSquaredError(SCHEMA.config());
  }

  @Override
  public Set<Labels.Kind> labels() {
    return Set.of(Labels.Kind.TARGETS);
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return PerSample.mean(tf, LossFunctions.meanSquaredError(tf, labels.targets(), predictions));
  }

  @Override
  public Schema<MeanSquaredError> schema() {
    return SCHEMA;
  }
}
