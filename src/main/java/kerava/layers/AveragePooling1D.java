package kerava.layers;

import kerava.UnaryLayer;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The mean of each window, of what lies inside the sequence: (batch, steps, channels) → (batch,
 * steps', channels).
 *
 * <p>By default windows are 2 steps long and stand side by side, with padding {@code VALID}.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/pooling_layers/average_pooling1d/">Keras:
 *     AveragePooling1D</a>
 */
public record AveragePooling1D(Config config)
    implements UnaryLayer, PoolingArguments<AveragePooling1D, Size1D> {
  /** How a pooling is written and read. */
  public static final Schema<AveragePooling1D> SCHEMA =
      PoolingArguments.schema("AveragePooling1D", AveragePooling1D::new, PoolingKeys.ONE)
          .alias("AvgPool1D");

  /** A pooling over windows of 2 steps that stand side by side, with padding {@code VALID}. */
  public static AveragePooling1D of() {
    return new AveragePooling1D(SCHEMA.config());
  }

  /** A pooling over windows of a length that stand side by side, with padding {@code VALID}. */
  public static AveragePooling1D of(int poolSize) {
    return of().poolSize(Size1D.of(poolSize));
  }

  @Override
  public PoolingKeys<Size1D> keys() {
    return PoolingKeys.ONE;
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return Pooling.average(scope.tf(), x, keys().window(config));
  }

  @Override
  public Schema<AveragePooling1D> schema() {
    return SCHEMA;
  }
}
