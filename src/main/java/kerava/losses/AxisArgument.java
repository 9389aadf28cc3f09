package kerava.losses;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kerava.Loss;
import kerava.config.Codec;
import kerava.config.Key;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What Keras' losses of overlap take: {@code axis}, along which numbers are added up.
 *
 * @param <L> the class of the loss
 * @see <a href="https://keras.io/api/losses/">Keras: losses</a>
 */
public interface AxisArgument<L extends Loss> extends TargetLoss<L> {
  /** The key of the axes; all of them by default, the batch among them. */
  Key<Optional<List<Integer>>> AXIS = Key.optional("axis", Codec.oneOrMany(Codec.integer()));

  /**
   * The same loss along some axes, 1 and more for a loss of each sample; along all by default,
   * which gives one loss for the whole batch.
   */
  default L axis(int... axes) {
    return schema().create(config().with(AXIS, Optional.of(Arrays.stream(axes).boxed().toList())));
  }

  @Override
  default boolean ofWholeBatch() {
    return config().get(AXIS).map(axes -> axes.stream().anyMatch(axis -> axis < 1)).orElse(true);
  }

  /** The sum along the axes. */
  default Operand<TFloat32> sum(Ops tf, Operand<TFloat32> values) {
    int[] axes =
        config()
            .get(AXIS)
            .map(some -> some.stream().mapToInt(Integer::intValue))
            .orElseGet(() -> IntStream.range(0, values.shape().numDimensions()))
            .toArray();
    Operand<TInt32> constant = tf.constant(axes);
    return tf.reduceSum(values, constant);
  }
}
