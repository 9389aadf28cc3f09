package kerava.layers;

import kerava.TypedUnaryLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * The largest number in each window: (batch, height, width, channels) → (batch, height', width',
 * channels).
 *
 * <p>By default windows are (2, 2) and stand side by side, with padding {@code VALID}.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/pooling_layers/max_pooling2d/">Keras: MaxPooling2D</a>
 */
public record MaxPooling2D(Config config)
    implements TypedUnaryLayer, PoolingArguments<MaxPooling2D, Size2D> {
  /** How a pooling is written and read. */
  public static final Schema<MaxPooling2D> SCHEMA =
      PoolingArguments.schema("MaxPooling2D", MaxPooling2D::new, PoolingKeys.TWO)
          .alias("MaxPool2D");

  /** A pooling over windows of (2, 2) that stand side by side, with padding {@code VALID}. */
  public static MaxPooling2D of() {
    return new MaxPooling2D(SCHEMA.config());
  }

  /** A pooling over square windows that stand side by side, with padding {@code VALID}. */
  public static MaxPooling2D of(int poolSize) {
    return of().poolSize(Size2D.of(poolSize));
  }

  @Override
  public PoolingKeys<Size2D> keys() {
    return PoolingKeys.TWO;
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    return Pooling.max(scope.tf(), x, keys().window(config), scope.training());
  }

  @Override
  public Schema<MaxPooling2D> schema() {
    return SCHEMA;
  }
}
