package kerava.metrics;

import java.util.Set;
import kerava.Labels;
import kerava.MeanMetric;
import kerava.Metric;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The share of samples whose class is among the k with the highest scores; equal scores share a
 * place: (batch), (batch, classes) → (batch).
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/metrics/accuracy_metrics/#sparsetopkcategoricalaccuracy-class">Keras:
 *     SparseTopKCategoricalAccuracy</a>
 */
public record SparseTopKCategoricalAccuracy(Config config) implements MeanMetric, HigherIsBetter {
  private static final Key<Integer> K = Key.of("k", Codec.positive(), 5);
  private static final Key<Boolean> FROM_SORTED_IDS =
      Key.of("from_sorted_ids", Codec.bool(), false).quiet();

  /** How the metric is written and read. */
  public static final Schema<SparseTopKCategoricalAccuracy> SCHEMA =
      Metric.schema(
          "SparseTopKCategoricalAccuracy", SparseTopKCategoricalAccuracy::new, K, FROM_SORTED_IDS);

  /** The metric for k = 5, under its own name. */
  public static SparseTopKCategoricalAccuracy of() {
    return new SparseTopKCategoricalAccuracy(SCHEMA.config());
  }

  /**
   * The metric, under its own name.
   *
   * @param k how many places count
   */
  public static SparseTopKCategoricalAccuracy of(int k) {
    return new SparseTopKCategoricalAccuracy(SCHEMA.config().with(K, k));
  }

  /** The same for predictions that are class numbers, the best first, and no scores. */
  public SparseTopKCategoricalAccuracy fromSortedIds() {
    return new SparseTopKCategoricalAccuracy(config.with(FROM_SORTED_IDS, true));
  }

  @Override
  public Set<Labels.Kind> labels() {
    return Set.of(Labels.Kind.CLASSES);
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    int k = config.get(K);
    return config.get(FROM_SORTED_IDS)
        ? CategoricalMatches.first(tf, labels.classes(), predictions, k)
        : CategoricalMatches.top(tf, labels.classes(), predictions, k);
  }

  @Override
  public Schema<SparseTopKCategoricalAccuracy> schema() {
    return SCHEMA;
  }
}
