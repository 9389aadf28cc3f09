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
 * The Kullback-Leibler divergence of predictions from targets: (batch, n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/probabilistic_metrics/#kldivergence-class">Keras:
 *     KLDivergence</a>
 */
public record KLDivergence(Config config) implements Metric {
  /** How the metric is written and read. */
  public static final Schema<KLDivergence> SCHEMA =
      Metric.schema("KLDivergence", KLDivergence::new);

  /** The metric, under its own name. */
  public static KLDivergence of() {
    return new KLDivergence(SCHEMA.config());
  }

  @Override
  public Set<Labels.Kind> labels() {
    return Set.of(Labels.Kind.TARGETS);
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return PerSample.mean(tf, LossFunctions.klDivergence(tf, labels.targets(), predictions));
  }

  @Override
  public Schema<KLDivergence> schema() {
    return SCHEMA;
  }
}
