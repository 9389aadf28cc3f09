package kerava.layers;

import kerava.UnaryLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The mean of each window, of what lies inside the image: (batch, height, width, channels) →
 * (batch, height', width', channels).
 *
 * <p>By default windows are (2, 2) and stand side by side, with padding {@code VALID}.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/pooling_layers/average_pooling2d/">Keras:
 *     AveragePooling2D</a>
 */
public record AveragePooling2D(Config config)
    implements UnaryLayer, PoolingArguments<AveragePooling2D, Size2D> {
  /** How a pooling is written and read. */
  public static final Schema<AveragePooling2D> SCHEMA =
      PoolingArguments.schema("AveragePooling2D", AveragePooling2D::new, PoolingKeys.TWO)
          .alias("AvgPool2D");

  /** A pooling over windows of (2, 2) that stand side by side, with padding {@code VALID}. */
  public static AveragePooling2D of() {
    return new AveragePooling2D(SCHEMA.config());
  }

  /** A pooling over square windows that stand side by side, with padding {@code VALID}. */
  public static AveragePooling2D of(int poolSize) {
    return of().poolSize(Size2D.of(poolSize));
  }

  @Override
  public PoolingKeys<Size2D> keys() {
    return PoolingKeys.TWO;
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return Pooling.average(scope.tf(), x, keys().window(config));
  }

  @Override
  public Schema<AveragePooling2D> schema() {
    return SCHEMA;
  }
}
