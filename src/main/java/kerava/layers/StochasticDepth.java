package kerava.layers;

import java.util.Arrays;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Sets whole samples to 0 at random in training and scales up the others, where a path of a
 * residual network ends (Huang et al. 2016): any shape → the same. Keras' ConvNeXt has it.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/applications/convnext/">Keras: ConvNeXt</a>
 */
public record StochasticDepth(Config config) implements UnaryLayer {
  private static final Key<Double> RATE = Key.required("drop_path_rate", Codec.between(0, 1));

  /** How the layer is written and read. */
  public static final Schema<StochasticDepth> SCHEMA =
      Layer.schema(
          "keras.src.applications.convnext", "StochasticDepth", StochasticDepth::new, RATE);

  /**
   * The layer.
   *
   * @param rate which part of the samples is set to 0
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public static StochasticDepth of(double rate) {
    return new StochasticDepth(SCHEMA.config().with(RATE, rate));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return inputs.single();
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    long[] whole = x.shape().asArray();
    Arrays.fill(whole, 1, whole.length, 1);
    return new DropoutMask(config.get(RATE), Optional.empty()).build(scope, x, Shape.of(whole));
  }

  @Override
  public Schema<StochasticDepth> schema() {
    return SCHEMA;
  }
}
