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
 * The mean of the cross-entropies of single probabilities: (batch, n), (batch, n) → (batch).
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/metrics/probabilistic_metrics/#binarycrossentropy-class">Keras:
 *     BinaryCrossentropy</a>
 */
public record BinaryCrossentropy(Config config) implements Metric {
  private static final Key<Boolean> FROM_LOGITS = Key.of("from_logits", Codec.bool(), false);
  private static final Key<Double> LABEL_SMOOTHING =
      Key.of("label_smoothing", Codec.between(0, 1), 0.0);

  /** How the metric is written and read. */
  public static final Schema<BinaryCrossentropy> SCHEMA =
      Metric.schema("BinaryCrossentropy", BinaryCrossentropy::new, FROM_LOGITS, LABEL_SMOOTHING)
          .alias("bce", "BCE");

  /** The metric of predictions that are probabilities, under its own name. */
  public static BinaryCrossentropy of() {
    return new BinaryCrossentropy(SCHEMA.config());
  }

  /** The same metric of predictions that are logits, or that are probabilities, the default. */
  public BinaryCrossentropy fromLogits(boolean fromLogits) {
    return new BinaryCrossentropy(config.with(FROM_LOGITS, fromLogits));
  }

  /**
   * The same metric that spreads a share of each target evenly over the two answers; 0 by default.
   */
  public BinaryCrossentropy labelSmoothing(double share) {
    return new BinaryCrossentropy(config.with(LABEL_SMOOTHING, share));
  }

  @Override
  public Set<Labels.Kind> labels() {
    return Set.of(Labels.Kind.TARGETS);
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    Crossentropy crossentropy =
        new Crossentropy(config.get(FROM_LOGITS), config.get(LABEL_SMOOTHING), -1);
    return PerSample.mean(tf, crossentropy.binary(tf, labels.targets(), predictions));
  }

  @Override
  public Schema<BinaryCrossentropy> schema() {
    return SCHEMA;
  }
}
