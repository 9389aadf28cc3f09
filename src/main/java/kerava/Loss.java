package kerava;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Configured;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.SnakeCase;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What training makes small, as an immutable value.
 *
 * @see <a href="https://keras.io/api/losses/">Keras: losses</a>
 */
public interface Loss extends Configured {
  /** The key of how the losses of the samples become one number. */
  Key<Reduction> REDUCTION = Key.of("reduction", Reduction.codec(), Reduction.SUM_OVER_BATCH_SIZE);

  /**
   * The schema of a loss: its own keys and those that every loss has.
   *
   * @param className the name that Keras gives the class
   * @param constructor makes a loss from a config
   * @param keys the keys of the class
   */
  static <L extends Loss> Schema<L> schema(
      String className, Function<Config, L> constructor, Key<?>... keys) {
    return schema(new Name(className, SnakeCase.of(className)), constructor, keys);
  }

  /**
   * The schema of a loss whose own name does not follow from its class.
   *
   * @param name its names
   * @param constructor makes a loss from a config
   * @param keys the keys of the class
   */
  static <L extends Loss> Schema<L> schema(
      Name name, Function<Config, L> constructor, Key<?>... keys) {
    // Keras 2 writes the function that a loss wraps beside its arguments.
    Key<String> function = Key.only("fn", Codec.text(), SnakeCase.of(name.className())).quiet();
    Key<?>[] all =
        Stream.concat(Stream.of(keys), Stream.of(Float32.KEY, function)).toArray(Key<?>[]::new);
    return Schema.of("keras.losses", name.className(), constructor, all)
        .withFirst(List.of(Key.of("name", Codec.text(), name.own()), REDUCTION));
  }

  /**
   * What Keras calls a loss.
   *
   * @param className the class
   * @param own the name of an instance, unless it is given another
   */
  record Name(String className, String own) {}

  @Override
  Schema<? extends Loss> schema();

  /** What labels the loss compares predictions with. */
  Labels.Kind labels();

  /**
   * The shape of the labels for an output of a model: by default that of the output for targets,
   * and without its last axis, that of the classes, for class numbers.
   *
   * @param output the shape of the model's output, batch dimension first
   * @return batch dimension first; -1 where a dimension is not known
   */
  default Shape labelShape(Shape output) {
    return labels() == Labels.Kind.TARGETS
        ? output
        : output.subShape(0, Math.max(1, output.numDimensions() - 1));
  }

  /**
   * Whether a class number may be a label: by default each that the last axis of the output has.
   *
   * @param output the shape of the model's output, batch dimension first
   */
  default boolean takes(int label, Shape output) {
    return label >= 0 && label < output.get(output.numDimensions() - 1);
  }

  /**
   * Whether what a sample adds depends on the others of its batch, so that batches are not split;
   * by default it does not.
   */
  default boolean ofWholeBatch() {
    return false;
  }

  /** Whether some losses may not {@linkplain #counted count}; by default all do. */
  default boolean ignores() {
    return false;
  }

  /** How the losses of the samples become one number. */
  default Reduction reduction() {
    return config().get(REDUCTION);
  }

  /**
   * Adds the operations of the loss of each sample.
   *
   * @param labels of the kind that {@link #labels} names
   * @param predictions the output of the model, of shape (batch, ...)
   * @return of shape (batch), or (batch, ...) where predictions have more than two dimensions; a
   *     scalar if the whole batch has one loss
   */
  Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions);

  /**
   * Which losses count when they become one number: by default all of them.
   *
   * @param labels the labels of the whole batch
   * @param losses what {@link #perSample} gave for it
   * @return 1 for those that count and 0 for others, of the shape of the losses; empty if all count
   */
  default Optional<Operand<TFloat32>> counted(Ops tf, Labels labels, Operand<TFloat32> losses) {
    return Optional.empty();
  }

  /**
   * Adds the operations that make one number of the losses of a batch.
   *
   * @param losses what {@link #perSample} gave for the whole batch
   * @param counted 1 for those that count and 0 for others, of the shape of the losses; empty if
   *     all count
   * @param sampleWeights a scalar, or one number a sample
   * @return a scalar
   */
  default Operand<TFloat32> reduced(
      Ops tf,
      Operand<TFloat32> losses,
      Optional<Operand<TFloat32>> counted,
      Operand<TFloat32> sampleWeights) {
    Operand<TFloat32> weights =
        counted
            .map(counting -> reduction().masked(tf, counting, sampleWeights))
            .orElse(sampleWeights);
    return reduction().apply(tf, losses, weights);
  }
}
