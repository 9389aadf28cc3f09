package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Sets random channels of sequences to 0 in training and scales up the others (Tompson et al.
 * 2014): (batch, steps, channels) → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/regularization_layers/spatial_dropout1d/">Keras:
 *     SpatialDropout1D</a>
 */
public record SpatialDropout1D(Config config)
    implements UnaryLayer, PassesMask, SeedArgument<SpatialDropout1D> {
  /** How the layer is written and read; unlike others, Keras' one takes no {@code trainable}. */
  public static final Schema<SpatialDropout1D> SCHEMA =
      Schema.of(
          "keras.layers", "SpatialDropout1D", SpatialDropout1D::new, Dropout.RATE, SEED, NAME);

  /**
   * The layer.
   *
   * @param rate which part of the channels is set to 0
   * @throws IllegalArgumentException if it is not from 0 up to, but not, 1
   */
  public static SpatialDropout1D of(double rate) {
    return new SpatialDropout1D(SCHEMA.config().with(Dropout.RATE, rate));
  }

  @Override
  public Layer frozen() {
    return this;
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return inputs.spatial(1);
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return DropoutMask.ofChannels(config, scope, x);
  }

  @Override
  public Schema<SpatialDropout1D> schema() {
    return SCHEMA;
  }
}
