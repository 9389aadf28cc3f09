package kerava.layers;

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
 * Makes sequences longer by a whole factor, by repeating each step: (batch, steps, channels) →
 * (batch, steps', channels).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/reshaping_layers/up_sampling1d/">Keras:
 *     UpSampling1D</a>
 */
public record UpSampling1D(Config config) implements UnaryLayer {
  // A number, where other layers of sequences have a list of one.
  private static final Key<Integer> SIZE = Key.of("size", Codec.positive(), 2);

  /** How the layer is written and read. */
  public static final Schema<UpSampling1D> SCHEMA =
      Layer.schema("UpSampling1D", UpSampling1D::new, SIZE);

  /** The layer that makes sequences twice as long. */
  public static UpSampling1D of() {
    return new UpSampling1D(SCHEMA.config());
  }

  /**
   * The layer with a factor.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public static UpSampling1D of(int size) {
    return new UpSampling1D(SCHEMA.config().with(SIZE, size));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Repetition.outputShape(inputs, new Size1D(config.get(SIZE)));
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    return Repetition.of(scope.tf(), x, new Size1D(config.get(SIZE)));
  }

  @Override
  public Schema<UpSampling1D> schema() {
    return SCHEMA;
  }
}
