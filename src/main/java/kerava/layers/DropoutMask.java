package kerava.layers;

import java.util.Arrays;
import java.util.Optional;
import kerava.config.Config;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Sets a random part of some numbers to 0 in training and scales up the rest.
 *
 * @param rate which part
 * @param seed the user's, if any
 */
record DropoutMask(double rate, Optional<Integer> seed) {
  /** Whether everything stays: always outside training. */
  static boolean isOff(Scope scope, double rate) {
    return !scope.training() || rate == 0;
  }

  /** Sets random channels to 0, the same along all axes in between. */
  static Operand<TFloat32> ofChannels(Config config, Scope scope, Operand<TFloat32> x) {
    long[] noise = x.shape().asArray();
    Arrays.fill(noise, 1, noise.length - 1, 1);
    return new DropoutMask(config.get(Dropout.RATE), config.get(SeedArgument.SEED))
        .build(scope, x, Shape.of(noise));
  }

  /**
   * Adds the operations.
   *
   * @param noise the shape of the pattern; the input's own size where it is not known
   */
  Operand<TFloat32> build(Scope scope, Operand<TFloat32> x, Shape noise) {
    if (isOff(scope, rate)) {
      return x;
    }
    Ops tf = scope.tf();
    Operand<TFloat32> random =
        tf.random.statelessRandomUniform(
            DynamicShape.of(tf, noise, x), scope.randomSeed(seed.orElse(0)), TFloat32.class);
    Operand<TFloat32> kept =
        tf.dtypes.cast(tf.math.greaterEqual(random, tf.constant((float) rate)), TFloat32.class);
    return tf.math.mul(x, tf.math.mul(kept, tf.constant((float) (1 / (1 - rate)))));
  }
}
