package kerava.layers;

import java.util.Arrays;
import java.util.stream.IntStream;
import kerava.config.Config;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The mean and the variance of each channel over what a mask lets through.
 *
 * @param tf where to add operations
 * @param mean with all axes of the numbers, of size 1 but for the channels
 * @param variance with the same axes
 * @param channels their axis
 */
record MaskedStatistics(Ops tf, Operand<TFloat32> mean, Operand<TFloat32> variance, int channels) {
  /** What Keras adds to a count before it divides by it. */
  private static final float EPSILON = 1e-7f;

  /**
   * Refuses a mask that does not have one axis less than the numbers.
   *
   * @throws IllegalArgumentException if it has not
   */
  static void require(Operand<TBool> mask, Operand<?> x) {
    if (mask.shape().numDimensions() != x.shape().numDimensions() - 1) {
      throw new IllegalArgumentException(
          "BatchNormalization: expected a mask of one axis less than "
              + x.shape()
              + ", got "
              + mask.shape()
              + ".");
    }
  }

  static MaskedStatistics of(Ops tf, Operand<TFloat32> x, Operand<TBool> mask, int channels) {
    int[] others =
        IntStream.range(0, x.shape().numDimensions()).filter(axis -> axis != channels).toArray();
    Operand<TInt32> axes = tf.constant(others);
    Operand<TBool> seen = tf.broadcastTo(tf.expandDims(mask, tf.constant(-1)), tf.shape(x));
    Operand<TFloat32> zero = tf.constant(0f);
    Operand<TFloat32> weights = tf.dtypes.cast(seen, TFloat32.class);
    Operand<TFloat32> count =
        tf.math.add(tf.sum(weights, axes, Sum.keepDims(true)), tf.constant(EPSILON));
    Operand<TFloat32> sum = tf.sum(tf.select(seen, x, zero), axes, Sum.keepDims(true));
    Operand<TFloat32> mean = tf.math.div(sum, count);
    Operand<TFloat32> distance = tf.select(seen, tf.math.sub(x, mean), zero);
    Operand<TFloat32> squares = tf.sum(tf.math.square(distance), axes, Sum.keepDims(true));
    return new MaskedStatistics(tf, mean, tf.math.div(squares, count), channels);
  }

  /** The means, one a channel. */
  Operand<TFloat32> flatMean() {
    return tf.reshape(mean, tf.constant(new int[] {-1}));
  }

  /** The variances, one a channel. */
  Operand<TFloat32> flatVariance() {
    return tf.reshape(variance, tf.constant(new int[] {-1}));
  }

  /** All numbers, normalized, with the factor and the offset of a layer. */
  Operand<TFloat32> normalized(Scope scope, Config config, Operand<TFloat32> x) {
    int[] sizes = new int[x.shape().numDimensions()];
    Arrays.fill(sizes, 1);
    sizes[channels] = -1;
    Operand<TFloat32> epsilon =
        tf.constant(config.get(NormalizationArguments.EPSILON).floatValue());
    Operand<TFloat32> y =
        tf.math.mul(tf.math.sub(x, mean), tf.math.rsqrt(tf.math.add(variance, epsilon)));
    if (config.get(NormalizationArguments.SCALE)) {
      y = tf.math.mul(y, tf.reshape(scope.weight("gamma"), tf.constant(sizes)));
    }
    return config.get(NormalizationArguments.CENTER)
        ? tf.math.add(y, tf.reshape(scope.weight("beta"), tf.constant(sizes)))
        : y;
  }
}
