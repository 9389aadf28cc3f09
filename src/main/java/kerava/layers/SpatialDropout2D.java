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
 * Sets random channels of images to 0 in training and scales up the others (Tompson et al. 2014):
 * (batch, height, width, channels) → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/regularization_layers/spatial_dropout2d/">Keras:
 *     SpatialDropout2D</a>
 */
public record SpatialDropout2D(Config config)
    implements UnaryLayer, PassesMask, SeedArgument<SpatialDropout2D> {
  /** How the layer is written and read; unlike others, Keras' one takes no {@code trainable}. */
  public static final Schema<SpatialDropout2D> SCHEMA =
      Schema.of(
          "keras.layers",
          "SpatialDropout2D",
          SpatialDropout2D::new,
          Dropout.RATE,
          SEED,
          NAME,
          DataFormat.KEY);

  /**
   * The layer.
   *
   * @param rate which part of the channels is set to 0
   * @throws IllegalArgumentException if it is not from 0 up to, but not, 1
   */
  public static SpatialDropout2D of(double rate) {
    return new SpatialDropout2D(SCHEMA.config().with(Dropout.RATE, rate));
  }

  @Override
  public Layer frozen() {
    return this;
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return inputs.spatial(2);
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return DropoutMask.ofChannels(config, scope, x);
  }

  @Override
  public Schema<SpatialDropout2D> schema() {
    return SCHEMA;
  }
}
