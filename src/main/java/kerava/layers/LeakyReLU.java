package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.family.TFloating;

/**
 * x if x ≥ 0, else slope · x: any shape → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/activation_layers/leaky_relu/">Keras: LeakyReLU</a>
 */
public record LeakyReLU(Config config) implements TypedUnaryLayer, PassesMask {
  private static final Key<Double> NEGATIVE_SLOPE =
      Key.of("negative_slope", Codec.atLeastZero(), 0.3);

  /** How the layer is written and read. */
  public static final Schema<LeakyReLU> SCHEMA =
      Layer.schema("LeakyReLU", LeakyReLU::new, NEGATIVE_SLOPE);

  /** The layer with a slope of 0.3. */
  public static LeakyReLU of() {
    return new LeakyReLU(SCHEMA.config());
  }

  /**
   * The layer with a slope below 0.
   *
   * @throws IllegalArgumentException if the slope is below 0
   */
  public static LeakyReLU of(double negativeSlope) {
    return new LeakyReLU(SCHEMA.config().with(NEGATIVE_SLOPE, negativeSlope));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return inputs.single();
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    return scope.tf().nn.leakyRelu(x, LeakyRelu.alpha(config.get(NEGATIVE_SLOPE).floatValue()));
  }

  @Override
  public Schema<LeakyReLU> schema() {
    return SCHEMA;
  }
}
