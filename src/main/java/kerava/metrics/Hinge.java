package kerava.metrics;

import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.functional.LossFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean of max(1 − y ŷ, 0), for targets of −1 and 1: (batch, n), (batch, n) → (batch). Where all
 * targets of a batch are 0 or 1, 0 stands for −1.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/hinge_metrics/#hinge-class">Keras: Hinge</a>
 */
public record Hinge(Config config) implements TargetMetric, LowerIsBetter {
  /** How the metric is written and read. */
  public static final Schema<Hinge> SCHEMA = Metric.schema("Hinge", Hinge::new);

  /** The metric, under its own name. */
  public static Hinge of() {
    return new Hinge(SCHEMA.config());
  }

  /** Whether targets are 0 and 1, or −1 and 1, is seen by all of a batch. */
  @Override
  public boolean ofWholeBatch() {
    return true;
  }

  @Override
  public Operand<TFloat32> values(
      Ops tf, Operand<TFloat32> targets, Operand<TFloat32> predictions) {
    return LossFunctions.hinge(tf, targets, predictions);
  }

  @Override
  public Schema<Hinge> schema() {
    return SCHEMA;
  }
}
