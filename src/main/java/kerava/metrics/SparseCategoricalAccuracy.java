package kerava.metrics;

import java.util.Set;
import kerava.Labels;
import kerava.MeanMetric;
import kerava.Metric;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The share of samples whose class has the highest score; of equal scores the first counts:
 * (batch), (batch, classes) → (batch).
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/metrics/accuracy_metrics/#sparsecategoricalaccuracy-class">Keras:
 *     SparseCategoricalAccuracy</a>
 */
public record SparseCategoricalAccuracy(Config config) implements MeanMetric, HigherIsBetter {
  /** How the metric is written and read. */
  public static final Schema<SparseCategoricalAccuracy> SCHEMA =
      Metric.schema("SparseCategoricalAccuracy", SparseCategoricalAccuracy::new);

  /** The metric, under its own name. */
  public static SparseCategoricalAccuracy of() {
    return new SparseCategoricalAccuracy(SCHEMA.config());
  }

  @Override
  public Set<Labels.Kind> labels() {
    return Set.of(Labels.Kind.CLASSES);
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return CategoricalMatches.best(tf, labels.classes(), predictions);
  }

  @Override
  public Schema<SparseCategoricalAccuracy> schema() {
    return SCHEMA;
  }
}
