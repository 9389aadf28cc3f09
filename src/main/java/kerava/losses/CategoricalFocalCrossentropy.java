package kerava.losses;

import kerava.Crossentropy;
import kerava.FocalCrossentropy;
import kerava.Labels;
import kerava.Loss;
import kerava.Reduction;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Cross-entropy in which easy samples count less (Lin et al. 2017): (batch, classes), (batch,
 * classes) → (batch).
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/losses/probabilistic_losses/#categoricalfocalcrossentropy-class">
 *     Keras: CategoricalFocalCrossentropy</a>
 */
public record CategoricalFocalCrossentropy(Config config) implements Loss {
  private static final Key<Boolean> FROM_LOGITS = Key.of("from_logits", Codec.bool(), false);
  private static final Key<Double> LABEL_SMOOTHING =
      Key.of("label_smoothing", Codec.between(0, 1), 0.0);
  private static final Key<Integer> AXIS = Key.of("axis", Codec.integer(), -1);
  private static final Key<Double> ALPHA = Key.of("alpha", Codec.number(), 0.25);
  private static final Key<Double> GAMMA = Key.of("gamma", Codec.number(), 2.0);

  /** How the loss is written and read. */
  public static final Schema<CategoricalFocalCrossentropy> SCHEMA =
      Loss.schema(
          "CategoricalFocalCrossentropy",
          CategoricalFocalCrossentropy::new,
          FROM_LOGITS,
          LABEL_SMOOTHING,
          AXIS,
          ALPHA,
          GAMMA);

  /** The loss of predictions that are probabilities, with α = 0.25 and γ = 2. */
  public static CategoricalFocalCrossentropy of() {
    return new CategoricalFocalCrossentropy(SCHEMA.config());
  }

  private <T> CategoricalFocalCrossentropy with(Key<T> key, T value) {
    return new CategoricalFocalCrossentropy(config.with(key, value));
  }

  /** The same loss with another α, which scales it, and γ, by which easy samples lose weight. */
  public CategoricalFocalCrossentropy focus(double alpha, double gamma) {
    return with(ALPHA, alpha).with(GAMMA, gamma);
  }

  /** The same loss of predictions that are logits, or that are probabilities, the default. */
  public CategoricalFocalCrossentropy fromLogits(boolean fromLogits) {
    return with(FROM_LOGITS, fromLogits);
  }

  /** The same loss that spreads a share of each target evenly over the classes; 0 by default. */
  public CategoricalFocalCrossentropy labelSmoothing(double share) {
    return with(LABEL_SMOOTHING, share);
  }

  /** The same loss, reduced otherwise; to the mean over the batch by default. */
  public CategoricalFocalCrossentropy reduction(Reduction reduction) {
    return with(REDUCTION, reduction);
  }

  @Override
  public Labels.Kind labels() {
    return Labels.Kind.TARGETS;
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    Crossentropy base =
        new Crossentropy(config.get(FROM_LOGITS), config.get(LABEL_SMOOTHING), config.get(AXIS));
    return new FocalCrossentropy(base, config.get(ALPHA), config.get(GAMMA))
        .categorical(tf, labels.targets(), predictions);
  }

  @Override
  public Schema<CategoricalFocalCrossentropy> schema() {
    return SCHEMA;
  }
}
