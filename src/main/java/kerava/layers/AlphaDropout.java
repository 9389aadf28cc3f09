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
 * Sets a random part of its input in training to the least that {@code selu} gives, and brings all
 * back to mean 0 and variance 1 (Klambauer et al. 2017): any shape → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/regularization_layers/alpha_dropout/">Keras:
 *     AlphaDropout</a>
 */
public record AlphaDropout(Config config)
    implements UnaryLayer, PassesMask, SeedArgument<AlphaDropout> {
  /** What selu comes to far below 0. */
  private static final double LEAST = -1.6732632423543772 * 1.0507009873554805;

  /** How the layer is written and read. */
  public static final Schema<AlphaDropout> SCHEMA =
      Layer.schema("AlphaDropout", AlphaDropout::new, Dropout.RATE, SEED, NoiseShape.KEY);

  /**
   * The layer.
   *
   * @param rate which part is set
   * @throws IllegalArgumentException if it is not from 0 up to, but not, 1
   */
  public static AlphaDropout of(double rate) {
    return new AlphaDropout(SCHEMA.config().with(Dropout.RATE, rate));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return NoiseShape.checked(config, inputs);
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    double rate = config.get(Dropout.RATE);
    if (DropoutMask.isOff(scope, rate)) {
      return x;
    }
    Ops tf = scope.tf();
    Operand<TFloat32> random =
        tf.random.statelessRandomUniform(
            DynamicShape.of(tf, NoiseShape.of(config, x.shape()), x),
            scope.randomSeed(config.get(SEED).orElse(0)),
            TFloat32.class);
    Operand<TFloat32> kept =
        tf.dtypes.cast(tf.math.greaterEqual(random, tf.constant((float) rate)), TFloat32.class);
    Operand<TFloat32> set =
        tf.math.mul(tf.math.sub(tf.constant(1f), kept), tf.constant((float) LEAST));
    double scale = 1 / Math.sqrt((1 - rate) * (1 + rate * LEAST * LEAST));
    return tf.math.add(
        tf.math.mul(tf.math.add(tf.math.mul(x, kept), set), tf.constant((float) scale)),
        tf.constant((float) (-scale * LEAST * rate)));
  }

  @Override
  public Schema<AlphaDropout> schema() {
    return SCHEMA;
  }
}
