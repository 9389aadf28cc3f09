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
 * Makes volumes larger by whole factors, by repeating each voxel: (batch, depth, height, width,
 * channels) → (batch, depth', height', width', channels).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/reshaping_layers/up_sampling3d/">Keras:
 *     UpSampling3D</a>
 */
public record UpSampling3D(Config config) implements UnaryLayer {
  private static final Key<Size3D> SIZE = Key.of("size", Sizes.THREE.atLeast(1), Size3D.of(2));

  /** How the layer is written and read. */
  public static final Schema<UpSampling3D> SCHEMA =
      Layer.schema("UpSampling3D", UpSampling3D::new, SIZE, DataFormat.KEY);

  /** The layer that makes each side of volumes twice as large. */
  public static UpSampling3D of() {
    return new UpSampling3D(SCHEMA.config());
  }

  /**
   * The layer with a factor for each side.
   *
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static UpSampling3D of(Size3D size) {
    return new UpSampling3D(SCHEMA.config().with(SIZE, size));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Repetition.outputShape(inputs, config.get(SIZE));
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return Repetition.of(scope.tf(), x, config.get(SIZE));
  }

  @Override
  public Schema<UpSampling3D> schema() {
    return SCHEMA;
  }
}
