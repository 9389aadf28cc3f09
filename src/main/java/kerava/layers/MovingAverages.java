package kerava.layers;

import kerava.config.Config;
import kerava.graph.Cast;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * Normalizes images by what a {@link BatchNormalization} remembers of batches.
 *
 * @param scope where to add operations, and the layer's weights
 * @param config the layer's arguments
 */
record MovingAverages(Scope scope, Config config) {
  /**
   * As one factor and one summand a channel: TensorFlow then puts the factor into the kernel of a
   * convolution before it. The operation that has all four makes oneDNN compute a convolution of
   * one image twenty times as slowly on a processor without AVX-512.
   */
  <T extends TFloating> Operand<T> byConstants(Operand<T> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> epsilon =
        tf.constant(config.get(NormalizationArguments.EPSILON).floatValue());
    Operand<TFloat32> factor =
        tf.math.mul(gamma(x), tf.math.rsqrt(tf.math.add(scope.weight("moving_variance"), epsilon)));
    Operand<TFloat32> summand =
        tf.math.sub(beta(x), tf.math.mul(scope.weight("moving_mean"), factor));
    return tf.nn.biasAdd(
        tf.math.mul(x, Cast.to(tf, factor, x.type())), Cast.to(tf, summand, x.type()));
  }

  /** By the weights as they are. */
  <T extends TFloating> Operand<T> byWeights(Operand<T> x) {
    return scope
        .tf()
        .nn
        .fusedBatchNorm(
            x,
            gamma(x),
            beta(x),
            scope.weight("moving_mean"),
            scope.weight("moving_variance"),
            FusedBatchNorm.isTraining(false),
            FusedBatchNorm.epsilon(config.get(NormalizationArguments.EPSILON).floatValue()))
        .y();
  }

  /** The factors of the channels. */
  Operand<TFloat32> gamma(Operand<? extends TFloating> x) {
    return config.get(NormalizationArguments.SCALE) ? scope.weight("gamma") : constant(x, 1);
  }

  /** The summands of the channels. */
  Operand<TFloat32> beta(Operand<? extends TFloating> x) {
    return config.get(NormalizationArguments.CENTER) ? scope.weight("beta") : constant(x, 0);
  }

  private Operand<TFloat32> constant(Operand<? extends TFloating> x, float number) {
    int channels = Math.toIntExact(x.shape().get(3));
    return scope.tf().fill(scope.tf().constant(new int[] {channels}), scope.tf().constant(number));
  }
}
