package kerava.initializers;

import java.util.List;
import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.ndarray.Shape;

/**
 * What Keras' initializers that count connections take since 3.15: {@code input_axes} and {@code
 * output_axes}, along which a weight has its inputs and outputs. By default they are the last two,
 * and those before them count for both, as in a convolution.
 *
 * @param <I> the class of the initializer
 * @see <a href="https://keras.io/api/layers/initializers/">Keras: layer weight initializers</a>
 */
public interface FanArguments<I extends Initializer> extends Initializer {
  /** The key of the axes of the inputs; older versions of Keras would refuse it. */
  Key<Optional<List<Integer>>> INPUT_AXES =
      Key.optional("input_axes", Codec.list(Codec.integer())).quiet();

  /** The key of the axes of the outputs; older versions of Keras would refuse it. */
  Key<Optional<List<Integer>>> OUTPUT_AXES =
      Key.optional("output_axes", Codec.list(Codec.integer())).quiet();

  @Override
  Schema<I> schema();

  /** The same initializer that counts inputs and outputs along other axes. */
  default I axes(List<Integer> inputs, List<Integer> outputs) {
    return schema()
        .create(
            config().with(INPUT_AXES, Optional.of(inputs)).with(OUTPUT_AXES, Optional.of(outputs)));
  }

  /** Whether it was told along which axes to count. */
  default boolean hasAxes() {
    return config().get(INPUT_AXES).isPresent() && config().get(OUTPUT_AXES).isPresent();
  }

  /**
   * The shape of a weight, or that of a matrix of as many inputs and outputs as it has.
   *
   * @throws IllegalArgumentException if it has not the axes
   */
  default Shape connected(Shape weight) {
    return hasAxes()
        ? Shape.of(
            count(weight, config().get(INPUT_AXES).orElseThrow()),
            count(weight, config().get(OUTPUT_AXES).orElseThrow()))
        : weight;
  }

  private static long count(Shape weight, List<Integer> axes) {
    int rank = weight.numDimensions();
    long count = 1;
    for (int axis : axes) {
      if (axis < -rank || axis >= rank) {
        throw new IllegalArgumentException(
            "Initializer axes: expected axes of a weight of " + weight + ", got " + axes + ".");
      }
      count *= weight.get(axis < 0 ? axis + rank : axis);
    }
    return count;
  }
}
