package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.constraints.Constraint;
import kerava.graph.Scope;
import kerava.initializers.Initializer;
import kerava.initializers.Ones;
import kerava.initializers.Zeros;
import kerava.regularizers.Regularizer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The factor and the offset that normalizations learn for what they have normalized. */
final class GammaBeta {
  static final Key<Double> EPSILON = Key.of("epsilon", Codec.atLeastZero(), 1e-3);
  static final Key<Boolean> CENTER = Key.of("center", Codec.bool(), true);
  static final Key<Boolean> SCALE = Key.of("scale", Codec.bool(), true);
  static final Key<Initializer> BETA_INITIALIZER = Keys.initializer("beta", Zeros.of());
  static final Key<Initializer> GAMMA_INITIALIZER = Keys.initializer("gamma", Ones.of());
  static final Key<Optional<Regularizer>> BETA_REGULARIZER = Keys.regularizer("beta");
  static final Key<Optional<Regularizer>> GAMMA_REGULARIZER = Keys.regularizer("gamma");
  static final Key<Optional<Constraint>> BETA_CONSTRAINT = Keys.constraint("beta");
  static final Key<Optional<Constraint>> GAMMA_CONSTRAINT = Keys.constraint("gamma");

  private GammaBeta() {}

  /** The weights {@code gamma} and {@code beta}, or those of them that the layer has. */
  static List<WeightSpec> weights(Config config, Shape shape) {
    List<WeightSpec> weights = new ArrayList<>();
    if (config.get(SCALE)) {
      weights.add(
          WeightSpec.trained("gamma", shape, config.get(GAMMA_INITIALIZER))
              .regularized(config.get(GAMMA_REGULARIZER))
              .constrained(config.get(GAMMA_CONSTRAINT)));
    }
    if (config.get(CENTER)) {
      weights.add(
          WeightSpec.trained("beta", shape, config.get(BETA_INITIALIZER))
              .regularized(config.get(BETA_REGULARIZER))
              .constrained(config.get(BETA_CONSTRAINT)));
    }
    return weights;
  }

  /**
   * Normalizes by the mean and the variance along some axes, then applies factor and offset.
   *
   * @param stretch along which axes the mean is taken, and the shape that the weights are given: 1
   *     along the axes that they do not have
   */
  static Operand<TFloat32> normalize(
      Scope scope, Config config, Operand<TFloat32> x, Stretch stretch) {
    Ops tf = scope.tf();
    Operand<TInt32> axes = tf.constant(stretch.axes);
    Operand<TFloat32> centered = tf.math.sub(x, tf.math.mean(x, axes, Mean.keepDims(true)));
    Operand<TFloat32> variance = tf.math.mean(tf.math.square(centered), axes, Mean.keepDims(true));
    Operand<TFloat32> epsilon = tf.constant(config.get(EPSILON).floatValue());
    Operand<TFloat32> y = tf.math.mul(centered, tf.math.rsqrt(tf.math.add(variance, epsilon)));
    Operand<TInt32> shape = tf.constant(stretch.shape);
    Operand<TFloat32> scaled =
        config.get(SCALE) ? tf.math.mul(y, tf.reshape(scope.weight("gamma"), shape)) : y;
    return config.get(CENTER)
        ? tf.math.add(scaled, tf.reshape(scope.weight("beta"), shape))
        : scaled;
  }

  /** How a normalization lies in its input. */
  static final class Stretch {
    private final int[] axes;
    private final int[] shape;

    Stretch(int[] axes, int[] shape) {
      this.axes = axes;
      this.shape = shape;
    }
  }
}
