package kerava.metrics;

import java.util.Set;
import kerava.Crossentropy;
import kerava.Labels;
import kerava.Metric;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The cross-entropy of target distributions with predicted ones: (batch, classes), (batch, classes)
 * → (batch).
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/metrics/probabilistic_metrics/#categoricalcrossentropy-class">Keras:
 *     CategoricalCrossentropy</a>
 */
public record CategoricalCrossentropy(Config config) implements Metric {
  private static final Key<Boolean> FROM_LOGITS = Key.of("from_logits", Codec.bool(), false);
  private static final Key<Double> LABEL_SMOOTHING =
      Key.of("label_smoothing", Codec.between(0, 1), 0.0);
  private static final Key<Integer> AXIS = Key.of("axis", Codec.integer(), -1);

  /** How the metric is written and read. */
  public static final Schema<CategoricalCrossentropy> SCHEMA =
      Metric.schema(
          "CategoricalCrossentropy",
          CategoricalCrossentropy::new,
          FROM_LOGITS,
          LABEL_SMOOTHING,
          AXIS);

  /** The metric of predictions that are probabilities, under its own name. */
  public static CategoricalCrossentropy of() {
    return new CategoricalCrossentropy(SCHEMA.config());
  }

  /** The same metric of predictions that are logits, or that are probabilities, the default. */
  public CategoricalCrossentropy fromLogits(boolean fromLogits) {
    return new CategoricalCrossentropy(config.with(FROM_LOGITS, fromLogits));
  }

  /** The same metric that spreads a share of each target evenly over the classes; 0 by default. */
  public CategoricalCrossentropy labelSmoothing(double share) {
    return new CategoricalCrossentropy(config.with(LABEL_SMOOTHING, share));
  }

  @Override
  public Set<Labels.Kind> labels() {
    return Set.of(Labels.Kind.TARGETS);
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    Crossentropy crossentropy =
        new Crossentropy(config.get(FROM_LOGITS), config.get(LABEL_SMOOTHING), config.get(AXIS));
    return PerSample.mean(tf, crossentropy.categorical(tf, labels.targets(), predictions));
  }

  @Override
  public Schema<CategoricalCrossentropy> schema() {
    return SCHEMA;
  }
}
