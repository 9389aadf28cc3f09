package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Max;
import org.tensorflow.types.TFloat32;

/**
 * The largest number of each channel: (batch, height, width, channels) → (batch, channels).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/pooling_layers/global_max_pooling2d/">Keras:
 *     GlobalMaxPooling2D</a>
 */
public record GlobalMaxPooling2D(Config config)
    implements UnaryLayer, GlobalPooling2DArguments<GlobalMaxPooling2D> {
  /** How the layer is written and read. */
  public static final Schema<GlobalMaxPooling2D> SCHEMA =
      Layer.schema("GlobalMaxPooling2D", GlobalMaxPooling2D::new, DataFormat.KEY, KEEPDIMS)
          .alias("GlobalMaxPool2D");

  /** The layer. */
  public static GlobalMaxPooling2D of() {
    return new GlobalMaxPooling2D(SCHEMA.config());
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Pooling.globalShape(config, inputs);
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return scope.tf().max(x, Pooling.spatialAxes(scope.tf()), Max.keepDims(config.get(KEEPDIMS)));
  }

  @Override
  public Schema<GlobalMaxPooling2D> schema() {
    return SCHEMA;
  }
}
