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
 * The mean of each of a given number of windows, which together see the whole sequence: (batch,
 * steps, channels) → (batch, steps', channels).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/pooling_layers/adaptive_average_pooling1d/">Keras:
 *     AdaptiveAveragePooling1D</a>
 */
public record AdaptiveAveragePooling1D(Config config) implements UnaryLayer {
  private static final Key<Size1D> OUTPUT_SIZE = Key.required("output_size", Sizes.ONE.atLeast(1));

  /** How the layer is written and read. */
  public static final Schema<AdaptiveAveragePooling1D> SCHEMA =
      Layer.schema(
          "AdaptiveAveragePooling1D", AdaptiveAveragePooling1D::new, OUTPUT_SIZE, DataFormat.KEY);

  /**
   * The layer with so many windows.
   *
   * @throws IllegalArgumentException if there are fewer than 1
   */
  public static AdaptiveAveragePooling1D of(int outputSize) {
    return new AdaptiveAveragePooling1D(SCHEMA.config().with(OUTPUT_SIZE, Size1D.of(outputSize)));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return AdaptivePooling.outputShape(inputs, config.get(OUTPUT_SIZE));
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return AdaptivePooling.average(scope.tf(), x, config.get(OUTPUT_SIZE));
  }

  @Override
  public Schema<AdaptiveAveragePooling1D> schema() {
    return SCHEMA;
  }
}
