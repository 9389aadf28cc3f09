package kerava.metrics;

import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.functional.LossFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The Poisson loss ŷ − y log ŷ, in the mean: (batch, n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/probabilistic_metrics/#poisson-class">Keras:
 *     Poisson</a>
 */
public record Poisson(Config config) implements TargetMetric, LowerIsBetter {
  /** How the metric is written and read. */
  public static final Schema<Poisson> SCHEMA = Metric.schema("Poisson", Poisson::new);

  /** The metric, under its own name. */
  public static Poisson of() {
    return new Poisson(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return LossFunctions.poisson(tf, targets, predictions);
  }

  @Override
  public Schema<Poisson> schema() {
    return SCHEMA;
  }
}
