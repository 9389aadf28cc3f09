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
 * The largest number of each channel: (batch, steps, channels) → (batch, channels).
 *
 * <p>By default the axes in between are gone, and do not stay with size 1.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/pooling_layers/global_max_pooling1d/">Keras:
 *     GlobalMaxPooling1D</a>
 */
public record GlobalMaxPooling1D(Config config)
    implements UnaryLayer, GlobalPoolingArguments<GlobalMaxPooling1D> {
  /** How the layer is written and read. */
  public static final Schema<GlobalMaxPooling1D> SCHEMA =
      Layer.schema("GlobalMaxPooling1D", GlobalMaxPooling1D::new, DataFormat.KEY, KEEPDIMS)
          .alias("GlobalMaxPool1D");

  /** The layer. */
  public static GlobalMaxPooling1D of() {
    return new GlobalMaxPooling1D(SCHEMA.config());
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Pooling.globalShape(config, inputs, 1);
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return Pooling.largest(config, scope.tf(), x);
  }

  @Override
  public Schema<GlobalMaxPooling1D> schema() {
    return SCHEMA;
  }
}
