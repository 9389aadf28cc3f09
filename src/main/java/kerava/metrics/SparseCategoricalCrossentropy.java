package kerava.metrics;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kerava.Labels;
import kerava.MeanMetric;
import kerava.Metric;
import kerava.MetricBatch;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.functional.FromLogitsArgument;
import kerava.functional.SparseCrossentropy;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The cross-entropy of class numbers with predicted distributions: (batch), (batch, classes) →
 * (batch).
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/metrics/probabilistic_metrics/#sparsecategoricalcrossentropy-class">
 *     Keras: SparseCategoricalCrossentropy</a>
 */
public record SparseCategoricalCrossentropy(Config config)
    implements MeanMetric, LowerIsBetter, FromLogitsArgument<SparseCategoricalCrossentropy> {
  private static final Key<Optional<Integer>> IGNORE_CLASS =
      Key.optional("ignore_class", Codec.integer()).quiet();

  /** How the metric is written and read. */
  public static final Schema<SparseCategoricalCrossentropy> SCHEMA =
      Metric.schema(
          "SparseCategoricalCrossentropy",
          SparseCategoricalCrossentropy::new,
          FROM_LOGITS,
          IGNORE_CLASS,
          Key.only("axis", Codec.integer(), -1));

  /** The metric of predictions that are probabilities, under its own name. */
  public static SparseCategoricalCrossentropy of() {
    return new SparseCategoricalCrossentropy(SCHEMA.config());
  }

  /** The same metric in which samples of a class count as 0. */
  public SparseCategoricalCrossentropy ignoreClass(int number) {
    return new SparseCategoricalCrossentropy(config.with(IGNORE_CLASS, Optional.of(number)));
  }

  @Override
  public Set<Labels.Kind> labels() {
    return Set.of(Labels.Kind.CLASSES);
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return crossentropy().of(tf, labels.classes(), predictions);
  }

  private SparseCrossentropy crossentropy() {
    return new SparseCrossentropy(config.get(FROM_LOGITS), config.get(IGNORE_CLASS));
  }

  /** As in Keras, samples of the class that is ignored count if none has a weight of its own. */
  @Override
  public List<Operand<TFloat32>> update(Ops tf, MetricBatch batch) {
    List<Operand<TFloat32>> sums = MeanMetric.super.update(tf, batch);
    if (config.get(IGNORE_CLASS).isEmpty()) {
      return sums;
    }
    Operand<TFloat32> counted =
        tf.dtypes.cast(crossentropy().counted(tf, batch.labels().classes()), TFloat32.class);
    Operand<TFloat32> weights = tf.math.mul(batch.weights(), batch.mean(tf, counted));
    Operand<TFloat32> count = tf.reduceSum(weights, tf.constant(new int[] {0}));
    return List.of(sums.get(0), tf.select(batch.weighted(), count, sums.get(1)));
  }

  @Override
  public Schema<SparseCategoricalCrossentropy> schema() {
    return SCHEMA;
  }
}
