package kerava.layers;

import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Adds normally distributed noise in training: any shape → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/regularization_layers/gaussian_noise/">Keras:
 *     GaussianNoise</a>
 */
public record GaussianNoise(Config config) implements UnaryLayer {
  private static final Key<Double> STDDEV = Key.required("stddev", Codec.atLeastZero());

  /** How the layer is written and read. */
  public static final Schema<GaussianNoise> SCHEMA =
      Layer.schema("GaussianNoise", GaussianNoise::new, STDDEV, Dropout.SEED);

  /**
   * The layer.
   *
   * @param stddev the standard deviation of the noise
   * @throws IllegalArgumentException if it is below 0
   */
  public static GaussianNoise of(double stddev) {
    return new GaussianNoise(SCHEMA.config().with(STDDEV, stddev));
  }

  /** The same layer with a seed beside the training's; without one by default. */
  public GaussianNoise seed(int seed) {
    return new GaussianNoise(config.with(Dropout.SEED, Optional.of(seed)));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return inputs.single();
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    double deviation = config.get(STDDEV);
    if (!scope.training() || deviation == 0) {
      return x;
    }
    Ops tf = scope.tf();
    Operand<TInt64> seed = scope.randomSeed(config.get(Dropout.SEED).orElse(0));
    Operand<TFloat32> noise =
        tf.random.statelessRandomNormal(DynamicShape.of(tf, x.shape(), x), seed, TFloat32.class);
    // Random operations have no gradient, and their size follows from the input.
    return tf.math.add(x, tf.math.mul(tf.stopGradient(noise), tf.constant((float) deviation)));
  }

  @Override
  public Schema<GaussianNoise> schema() {
    return SCHEMA;
  }
}
