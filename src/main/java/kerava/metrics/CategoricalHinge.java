package kerava.metrics;

import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.functional.LossFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * By how much the best wrong class is less than 1 below the right one, for one-hot targets: (batch,
 * n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/hinge_metrics/#categoricalhinge-class">Keras:
 *     CategoricalHinge</a>
 */
public record CategoricalHinge(Config config) implements TargetMetric, LowerIsBetter {
  /** How the metric is written and read. */
  public static final Schema<CategoricalHinge> SCHEMA =
      Metric.schema("CategoricalHinge", CategoricalHinge::new);

  /** The metric, under its own name. */
  public static CategoricalHinge of() {
    return new CategoricalHinge(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return LossFunctions.categoricalHinge(tf, targets, predictions);
  }

  @Override
  public Schema<CategoricalHinge> schema() {
    return SCHEMA;
  }
}
