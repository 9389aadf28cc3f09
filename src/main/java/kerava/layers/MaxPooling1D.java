package kerava.layers;

import kerava.TypedUnaryLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * The largest number in each window: (batch, steps, channels) → (batch, steps', channels).
 *
 * <p>By default windows are 2 steps long and stand side by side, with padding {@code VALID}.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/pooling_layers/max_pooling1d/">Keras: MaxPooling1D</a>
 */
public record MaxPooling1D(Config config)
    implements TypedUnaryLayer, PoolingArguments<MaxPooling1D, Size1D> {
  /** How a pooling is written and read. */
  public static final Schema<MaxPooling1D> SCHEMA =
      PoolingArguments.schema("MaxPooling1D", MaxPooling1D::new, PoolingKeys.ONE)
          .alias("MaxPool1D");

  /** A pooling over windows of 2 steps that stand side by side, with padding {@code VALID}. */
  public static MaxPooling1D of() {
    return new MaxPooling1D(SCHEMA.config());
  }

  /** A pooling over windows of a length that stand side by side, with padding {@code VALID}. */
  public static MaxPooling1D of(int poolSize) {
    return of().poolSize(Size1D.of(poolSize));
  }

  @Override
  public PoolingKeys<Size1D> keys() {
    return PoolingKeys.ONE;
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    return Pooling.max(scope.tf(), x, keys().window(config), scope.training());
  }

  @Override
  public Schema<MaxPooling1D> schema() {
    return SCHEMA;
  }
}
