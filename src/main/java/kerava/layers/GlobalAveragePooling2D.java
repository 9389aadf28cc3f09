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
 * The mean of each channel: (batch, height, width, channels) → (batch, channels).
 *
 * <p>By default the axes in between are gone, and do not stay with size 1.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/pooling_layers/global_average_pooling2d/">Keras:
 *     GlobalAveragePooling2D</a>
 */
public record GlobalAveragePooling2D(Config config)
    implements UnaryLayer, GlobalPoolingArguments<GlobalAveragePooling2D> {
  /** How the layer is written and read. */
  public static final Schema<GlobalAveragePooling2D> SCHEMA =
      Layer.schema("GlobalAveragePooling2D", GlobalAveragePooling2D::new, DataFormat.KEY, KEEPDIMS)
          .alias("GlobalAvgPool2D");

  /** The layer. */
  public static GlobalAveragePooling2D of() {
    return new GlobalAveragePooling2D(SCHEMA.config());
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Pooling.globalShape(config, inputs, 2);
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return Pooling.mean(config, scope.tf(), x);
  }

  @Override
  public Schema<GlobalAveragePooling2D> schema() {
    return SCHEMA;
  }
}
