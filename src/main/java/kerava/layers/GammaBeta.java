package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import kerava.WeightSpec;
import kerava.config.Config;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The factor and the offset that normalizations learn for what they have normalized. */
final class GammaBeta {

  private GammaBeta() {}

  /** The weights {@code gamma} and {@code beta}, or those of them that the layer has. */
  static List<WeightSpec> weights(Config config, Shape shape) {
    List<WeightSpec> weights = new ArrayList<>();
    if (config.get(NormalizationArguments.SCALE)) {
      weights.add(NormalizationArguments.GAMMA.weight(config, "gamma", shape));
    }
    if (config.get(NormalizationArguments.CENTER)) {
      weights.add(NormalizationArguments.BETA.weight(config, "beta", shape));
    }
    return weights;
  }

  /**
   * Normalizes by the mean and the variance along some axes, then applies factor and offset.
   *
   * @param broadcast along which axes the mean is taken, and the shape that the weights are given:
   *     1 along the axes that they do not have
   */
  static Operand<TFloat32> normalize(
      Scope scope, Config config, Operand<TFloat32> x, Broadcast broadcast) {
    Ops tf = scope.tf();
    Operand<TInt32> axes = tf.constant(broadcast.axes);
    Operand<TFloat32> centered = tf.math.sub(x, tf.math.mean(x, axes, Mean.keepDims(true)));
    Operand<TFloat32> variance = tf.math.mean(tf.math.square(centered), axes, Mean.keepDims(true));
    Operand<TFloat32> epsilon =
        tf.constant(config.get(NormalizationArguments.EPSILON).floatValue());
    Operand<TFloat32> y = tf.math.mul(centered, tf.math.rsqrt(tf.math.add(variance, epsilon)));
    Operand<TInt32> shape = tf.constant(broadcast.shape);
    Operand<TFloat32> scaled =
        config.get(NormalizationArguments.SCALE)
            ? tf.math.mul(y, tf.reshape(scope.weight("gamma"), shape))
            : y;
    return config.get(NormalizationArguments.CENTER)
        ? tf.math.add(scaled, tf.reshape(scope.weight("beta"), shape))
        : scaled;
  }

  /** How a normalization lies in its input. */
  static final class Broadcast {
    private final int[] axes;
    private final int[] shape;

    Broadcast(int[] axes, int[] shape) {
      this.axes = axes;
      this.shape = shape;
    }
  }
}
