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
 * The largest number of each channel: (batch, depth, height, width, channels) → (batch, channels).
 *
 * <p>By default the axes in between are gone, and do not stay with size 1.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/pooling_layers/global_max_pooling3d/">Keras:
 *     GlobalMaxPooling3D</a>
 */
public record GlobalMaxPooling3D(Config config)
    implements UnaryLayer, GlobalPoolingArguments<GlobalMaxPooling3D> {
  /** How the layer is written and read. */
  public static final Schema<GlobalMaxPooling3D> SCHEMA =
      Layer.schema("GlobalMaxPooling3D", GlobalMaxPooling3D::new, DataFormat.KEY, KEEPDIMS)
          .alias("GlobalMaxPool3D");

  /** The layer. */
  public static GlobalMaxPooling3D of() {
    return new GlobalMaxPooling3D(SCHEMA.config());
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Pooling.globalShape(config, inputs, 3);
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return Pooling.largest(config, scope.tf(), x);
  }

  @Override
  public Schema<GlobalMaxPooling3D> schema() {
    return SCHEMA;
  }
}
