package kerava.layers;

import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The largest number in each of a given number of windows, which together see the whole sequence:
 * (batch, steps, channels) → (batch, steps', channels).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/pooling_layers/adaptive_max_pooling1d/">Keras:
 *     AdaptiveMaxPooling1D</a>
 */
public record AdaptiveMaxPooling1D(Config config) implements UnaryLayer {
  private static final Key<Size1D> OUTPUT_SIZE = Key.required("output_size", Sizes.ONE.atLeast(1));

  /** How the layer is written and read. */
  public static final Schema<AdaptiveMaxPooling1D> SCHEMA =
      Layer.schema("AdaptiveMaxPooling1D", AdaptiveMaxPooling1D::new, OUTPUT_SIZE, DataFormat.KEY);

  /**
   * The layer with so many windows.
   *
   * @throws IllegalArgumentException if there are fewer than 1
   */
  public static AdaptiveMaxPooling1D of(int outputSize) {
    return new AdaptiveMaxPooling1D(SCHEMA.config().with(OUTPUT_SIZE, Size1D.of(outputSize)));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return AdaptivePooling.outputShape(inputs, config.get(OUTPUT_SIZE));
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return AdaptivePooling.max(scope.tf(), x, config.get(OUTPUT_SIZE));
  }

  @Override
  public Schema<AdaptiveMaxPooling1D> schema() {
    return SCHEMA;
  }
}
