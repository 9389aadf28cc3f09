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
 * Sets random channels of volumes to 0 in training and scales up the others (Tompson et al. 2014):
 * (batch, depth, height, width, channels) → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/regularization_layers/spatial_dropout3d/">Keras:
 *     SpatialDropout3D</a>
 */
public record SpatialDropout3D(Config config)
    implements UnaryLayer, PassesMask, SeedArgument<SpatialDropout3D> {
  /** How the layer is written and read; unlike others, Keras' one takes no {@code trainable}. */
  public static final Schema<SpatialDropout3D> SCHEMA =
      Schema.of(
          "keras.layers",
          "SpatialDropout3D",
          SpatialDropout3D::new,
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
  public static SpatialDropout3D of(double rate) {
    return new SpatialDropout3D(SCHEMA.config().with(Dropout.RATE, rate));
  }

  @Override
  public Layer frozen() {
    return this;
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return inputs.spatial(3);
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return DropoutMask.ofChannels(config, scope, x);
  }

  @Override
  public Schema<SpatialDropout3D> schema() {
    return SCHEMA;
  }
}
