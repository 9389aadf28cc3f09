package kerava.layers;

import kerava.UnaryLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The largest number in each window: (batch, depth, height, width, channels) → (batch, depth',
 * height', width', channels).
 *
 * <p>By default windows are (2, 2, 2) and stand side by side, with padding {@code VALID}.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/pooling_layers/max_pooling3d/">Keras: MaxPooling3D</a>
 */
public record MaxPooling3D(Config config)
    implements UnaryLayer, PoolingArguments<MaxPooling3D, Size3D> {
  /** How a pooling is written and read. */
  public static final Schema<MaxPooling3D> SCHEMA =
      PoolingArguments.schema("MaxPooling3D", MaxPooling3D::new, PoolingKeys.THREE)
          .alias("MaxPool3D");

  /** A pooling over windows of (2, 2, 2) that stand side by side, with padding {@code VALID}. */
  public static MaxPooling3D of() {
    return new MaxPooling3D(SCHEMA.config());
  }

  /** A pooling over cubic windows that stand side by side, with padding {@code VALID}. */
  public static MaxPooling3D of(int poolSize) {
    return of().poolSize(Size3D.of(poolSize));
  }

  @Override
  public PoolingKeys<Size3D> keys() {
    return PoolingKeys.THREE;
  }

  // CPUs have no kernel for volumes in float16.
  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return Pooling.max(scope.tf(), x, keys().window(config), scope.training());
  }

  @Override
  public Schema<MaxPooling3D> schema() {
    return SCHEMA;
  }
}
