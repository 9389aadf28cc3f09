package kerava.metrics;

import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.functional.LossFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The cosine of the angle between targets and predictions: (batch, n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/regression_metrics/#cosinesimilarity-class">Keras:
 *     CosineSimilarity</a>
 */
public record CosineSimilarity(Config config) implements TargetMetric, HigherIsBetter {
  /** How the metric is written and read. */
  public static final Schema<CosineSimilarity> SCHEMA =
      Metric.schema("CosineSimilarity", CosineSimilarity::new);

  /** The metric, under its own name. */
  public static CosineSimilarity of() {
    return new CosineSimilarity(SCHEMA.config());
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return LossFunctions.cosineSimilarity(tf, targets, predictions);
  }

  @Override
  public Schema<CosineSimilarity> schema() {
    return SCHEMA;
  }
}
