package kerava.layers;

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
public record GaussianNoise(Config config)
    implements UnaryLayer, PassesMask, SeedArgument<GaussianNoise> {
  private static final Key<Double> STDDEV = Key.required("stddev", Codec.atLeastZero());

  /** How the layer is written and read. */
  public static final Schema<GaussianNoise> SCHEMA =
      Layer.schema("GaussianNoise", GaussianNoise::new, STDDEV, SEED);

  /**
   * The layer.
   *
   * @param stddev the standard deviation of the noise
   * @throws IllegalArgumentException if it is below 0
   */
  public static GaussianNoise of(double stddev) {
    return new GaussianNoise(SCHEMA.config().with(STDDEV, stddev));
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
    Operand<TInt64> seed = scope.randomSeed(config.get(SEED).orElse(0));
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
