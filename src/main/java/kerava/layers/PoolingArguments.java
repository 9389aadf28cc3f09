package kerava.layers;

import java.util.Optional;
import java.util.function.Function;
import kerava.Inputs;
import kerava.Layer;
import kerava.config.Config;
import kerava.config.Schema;
import org.tensorflow.ndarray.Shape;

/**
 * What Keras' poolings over windows take: {@code pool_size}, {@code strides} and {@code padding}.
 *
 * @param <L> the class of the layer
 * @param <S> the class of the window's size
 * @see <a href="https://keras.io/api/layers/pooling_layers/">Keras: pooling layers</a>
 */
public interface PoolingArguments<L extends Layer, S extends Size> extends Layer {
  /**
   * How such a layer is written and read.
   *
   * @param className the name that Keras gives the class
   * @param constructor makes a layer from a config
   * @param keys of its window
   */
  static <L extends Layer> Schema<L> schema(
      String className, Function<Config, L> constructor, PoolingKeys<?> keys) {
    return Layer.schema(className, constructor, keys.poolSize(), keys.padding())
        .with(keys.strides(), DataFormat.KEY);
  }

  @Override
  Schema<L> schema();

  /** The keys of the window. */
  PoolingKeys<S> keys();

  /** The same layer with another window; 2 along each axis by default. */
  default L poolSize(S poolSize) {
    return schema().create(config().with(keys().poolSize(), poolSize));
  }

  /** The same layer with another step of the window; as large as the window by default. */
  default L strides(S strides) {
    return schema().create(config().with(keys().strides(), Optional.of(strides)));
  }

  /** The same layer with another step along all axes; as large as the window by default. */
  default L strides(int strides) {
    return strides(keys().sizes().all(strides));
  }

  /** The same layer with another padding; {@code VALID} by default. */
  default L padding(Padding padding) {
    return schema().create(config().with(keys().padding(), padding));
  }

  /** As many places as the window has, and the channels. */
  @Override
  default Shape outputShape(Inputs inputs) {
    int axes = keys().sizes().axes();
    long channels = inputs.spatial(axes).get(axes + 1);
    return keys().window(config()).outputShape(inputs, channels);
  }
}
