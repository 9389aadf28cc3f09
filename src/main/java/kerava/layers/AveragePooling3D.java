package kerava.layers;

import kerava.UnaryLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The mean of each window, of what lies inside the volume: (batch, depth, height, width, channels)
 * → (batch, depth', height', width', channels).
 *
 * <p>By default windows are (2, 2, 2) and stand side by side, with padding {@code VALID}.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/pooling_layers/average_pooling3d/">Keras:
 *     AveragePooling3D</a>
 */
public record AveragePooling3D(Config config)
    implements UnaryLayer, PoolingArguments<AveragePooling3D, Size3D> {
  /** How a pooling is written and read. */
  public static final Schema<AveragePooling3D> SCHEMA =
      PoolingArguments.schema("AveragePooling3D", AveragePooling3D::new, PoolingKeys.THREE)
          .alias("AvgPool3D");

  /** A pooling over windows of (2, 2, 2) that stand side by side, with padding {@code VALID}. */
  public static AveragePooling3D of() {
    return new AveragePooling3D(SCHEMA.config());
  }

  /** A pooling over cubic windows that stand side by side, with padding {@code VALID}. */
  public static AveragePooling3D of(int poolSize) {
    return of().poolSize(Size3D.of(poolSize));
  }

  @Override
  public PoolingKeys<Size3D> keys() {
    return PoolingKeys.THREE;
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return Pooling.average(scope.tf(), x, keys().window(config));
  }

  @Override
  public Schema<AveragePooling3D> schema() {
    return SCHEMA;
  }
}
