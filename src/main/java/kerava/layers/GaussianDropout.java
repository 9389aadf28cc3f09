package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Multiplies by normally distributed numbers around 1 in training: any shape → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/regularization_layers/gaussian_dropout/">Keras:
 *     GaussianDropout</a>
 */
public record GaussianDropout(Config config)
    implements UnaryLayer, PassesMask, SeedArgument<GaussianDropout> {
  /** How the layer is written and read. */
  public static final Schema<GaussianDropout> SCHEMA =
      Layer.schema("GaussianDropout", GaussianDropout::new, Dropout.RATE, SEED);

  /**
   * The layer.
   *
   * @param rate r, for numbers of the standard deviation √(r / (1 - r))
   * @throws IllegalArgumentException if it is not from 0 up to, but not, 1
   */
  public static GaussianDropout of(double rate) {
    return new GaussianDropout(SCHEMA.config().with(Dropout.RATE, rate));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return inputs.single();
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    if (DropoutMask.isOff(scope, config.get(Dropout.RATE))) {
      return x;
    }
    Ops tf = scope.tf();
    Operand<TFloat32> noise =
        tf.random.statelessRandomNormal(
            DynamicShape.of(tf, x.shape(), x),
            scope.randomSeed(config.get(SEED).orElse(0)),
            TFloat32.class);
    double rate = config.get(Dropout.RATE);
    float deviation = (float) Math.sqrt(rate / (1 - rate));
    // Random operations have no gradient, and their size follows from the input.
    Operand<TFloat32> spread = tf.math.mul(tf.stopGradient(noise), tf.constant(deviation));
    return tf.math.mul(x, tf.math.add(spread, tf.constant(1f)));
  }

  @Override
  public Schema<GaussianDropout> schema() {
    return SCHEMA;
  }
}
