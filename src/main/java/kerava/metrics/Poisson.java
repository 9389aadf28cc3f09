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
 * The Poisson loss ŷ − y log ŷ, in the mean: (batch, n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/probabilistic_metrics/#poisson-class">Keras:
 *     Poisson</a>
 */
public record Poisson(Config config) implements Metric {
  /** How the metric is written and read. */
  public static final Schema<Poisson> SCHEMA = Metric.schema("Poisson", Poisson::new);

  /** The metric, under its own name. */
  public static Poisson of() {
    return new Poisson(SCHEMA.config());
  }

  @Override
  public Set<Labels.Kind> labels() {
    return Set.of(Labels.Kind.TARGETS);
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return PerSample.mean(tf, LossFunctions.poisson(tf, labels.targets(), predictions));
  }

  @Override
  public Schema<Poisson> schema() {
    return SCHEMA;
  }
}
