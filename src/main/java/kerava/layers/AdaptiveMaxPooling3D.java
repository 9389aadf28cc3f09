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
 * The largest number in each of a given number of windows, which together see the whole volume:
 * (batch, depth, height, width, channels) → (batch, depth', height', width', channels).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/pooling_layers/adaptive_max_pooling3d/">Keras:
 *     AdaptiveMaxPooling3D</a>
 */
public record AdaptiveMaxPooling3D(Config config) implements UnaryLayer {
  private static final Key<Size3D> OUTPUT_SIZE =
      Key.required("output_size", Sizes.THREE.atLeast(1));

  /** How the layer is written and read. */
  public static final Schema<AdaptiveMaxPooling3D> SCHEMA =
      Layer.schema("AdaptiveMaxPooling3D", AdaptiveMaxPooling3D::new, OUTPUT_SIZE, DataFormat.KEY);

  /**
   * The layer with the same number of windows along all axes.
   *
   * @throws IllegalArgumentException if there are fewer than 1
   */
  public static AdaptiveMaxPooling3D of(int outputSize) {
    return of(Size3D.of(outputSize));
  }

  /**
   * The layer with a number of windows along each axis.
   *
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static AdaptiveMaxPooling3D of(Size3D outputSize) {
    return new AdaptiveMaxPooling3D(SCHEMA.config().with(OUTPUT_SIZE, outputSize));
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
  public Schema<AdaptiveMaxPooling3D> schema() {
    return SCHEMA;
  }
}
