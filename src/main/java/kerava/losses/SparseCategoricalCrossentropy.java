package kerava.losses;

import java.util.Optional;
import kerava.Labels;
import kerava.Loss;
import kerava.Reduction;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.functional.FromLogitsArgument;
import kerava.functional.SparseCrossentropy;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The cross-entropy of class numbers with predicted distributions: (batch), (batch, classes) →
 * (batch).
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/losses/probabilistic_losses/#sparsecategoricalcrossentropy-class">
 *     Keras: SparseCategoricalCrossentropy</a>
 */
public record SparseCategoricalCrossentropy(Config config)
    implements ReductionArgument<SparseCategoricalCrossentropy>,
        FromLogitsArgument<SparseCategoricalCrossentropy> {
  private static final Key<Optional<Integer>> IGNORE_CLASS =
      Key.optional("ignore_class", Codec.integer());

  /** How the loss is written and read. */
  public static final Schema<SparseCategoricalCrossentropy> SCHEMA =
      Loss.schema(
          "SparseCategoricalCrossentropy",
          SparseCategoricalCrossentropy::new,
          FROM_LOGITS,
          IGNORE_CLASS,
          Key.only("axis", Codec.integer(), -1).quiet());

  /** The loss of predictions that are probabilities. */
  public static SparseCategoricalCrossentropy of() {
    return new SparseCategoricalCrossentropy(SCHEMA.config());
  }

  private <T> SparseCategoricalCrossentropy with(Key<T> key, T value) {
    return new SparseCategoricalCrossentropy(config.with(key, value));
  }

  /** The same loss that leaves out samples of a class, which may be no class of the model's. */
  public SparseCategoricalCrossentropy ignoreClass(int number) {
    return with(IGNORE_CLASS, Optional.of(number));
  }

  @Override
  public Labels.Kind labels() {
    return Labels.Kind.CLASSES;
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return crossentropy().of(tf, labels.classes(), predictions);
  }

  /** Zero for samples that are left out; a mean is over the others alone. */
  @Override
  public Operand<TFloat32> weights(Ops tf, Labels labels, Operand<TFloat32> sampleWeights) {
    if (config.get(IGNORE_CLASS).isEmpty()) {
      return sampleWeights;
    }
    Operand<TFloat32> counted =
        tf.dtypes.cast(crossentropy().counted(tf, labels.classes()), TFloat32.class);
    Operand<TFloat32> weights = tf.math.mul(counted, sampleWeights);
    boolean mean = reduction() == Reduction.MEAN || reduction() == Reduction.SUM_OVER_BATCH_SIZE;
    return mean ? tf.math.mul(weights, allToCounted(tf, counted)) : weights;
  }

  private static Operand<TFloat32> allToCounted(Ops tf, Operand<TFloat32> counted) {
    Operand<TFloat32> all = tf.dtypes.cast(tf.size(counted, TInt32.class), TFloat32.class);
    Operand<TInt32> axes = tf.range(tf.constant(0), tf.rank(counted), tf.constant(1));
    return tf.math.divNoNan(all, tf.reduceSum(counted, axes));
  }

  private SparseCrossentropy crossentropy() {
    return new SparseCrossentropy(config.get(FROM_LOGITS), config.get(IGNORE_CLASS));
  }

  @Override
  public Schema<SparseCategoricalCrossentropy> schema() {
    return SCHEMA;
  }
}
