package kerava.losses;

import java.util.Optional;
import kerava.Labels;
import kerava.Loss;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.functional.FromLogitsArgument;
import kerava.functional.SparseCrossentropy;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The cross-entropy of class numbers with predicted distributions: (batch, ...), (batch, ...,
 * classes) → (batch, ...).
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
  public boolean takes(int label, Shape output) {
    return ReductionArgument.super.takes(label, output)
        || config.get(IGNORE_CLASS).equals(Optional.of(label));
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    return crossentropy().of(tf, labels.classes(), predictions);
  }

  @Override
  public boolean ignores() {
    return config.get(IGNORE_CLASS).isPresent();
  }

  /** All but those of the class that is left out. */
  @Override
  public Optional<Operand<TFloat32>> counted(Ops tf, Labels labels, Operand<TFloat32> losses) {
    return config
        .get(IGNORE_CLASS)
        .map(ignored -> crossentropy().counted(tf, labels.classes()))
        .map(counted -> tf.dtypes.cast(counted, TFloat32.class));
  }

  private SparseCrossentropy crossentropy() {
    return new SparseCrossentropy(config.get(FROM_LOGITS), config.get(IGNORE_CLASS));
  }

  @Override
  public Schema<SparseCategoricalCrossentropy> schema() {
    return SCHEMA;
  }
}
