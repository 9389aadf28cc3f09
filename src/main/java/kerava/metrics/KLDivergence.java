package kerava.metrics;

import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.functional.LossFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The Kullback-Leibler divergence of predictions from targets: (batch, n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/probabilistic_metrics/#kldivergence-class">Keras:
 *     KLDivergence</a>
 */
public record KLDivergence(Config config) implements TargetMetric, LowerIsBetter {
  /** How the metric is written and read. */
  public static final Schema<KLDivergence> SCHEMA =
      Metric.schema("KLDivergence", KLDivergence::new);

  /** The metric, under its own name. */
  public static KLDivergence of() {
    return new KLDivergence(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return LossFunctions.klDivergence(tf, targets, predictions);
  }

  @Override
  public Schema<KLDivergence> schema() {
    return SCHEMA;
  }
}
