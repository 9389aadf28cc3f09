package kerava.layers.recurrent;

import kerava.Inputs;
import kerava.Layer;
import kerava.TypedUnaryLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Makes a sequence of one vector: (batch, features) → (batch, n, features).
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/reshaping_layers/repeat_vector/">Keras:
 *     RepeatVector</a>
 */
public record RepeatVector(Config config) implements TypedUnaryLayer {
  private static final Key<Integer> N = Key.required("n", Codec.positive());

  /** How the layer is written and read. */
  public static final Schema<RepeatVector> SCHEMA =
      Layer.schema("RepeatVector", RepeatVector::new, N);

  /**
   * The layer.
   *
   * @param n how many steps the sequence has
   * @throws IllegalArgumentException if it is below 1
   */
  public static RepeatVector of(int n) {
    return new RepeatVector(SCHEMA.config().with(N, n));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    Shape x = inputs.single(2, "batch, features", "Does a Flatten come before it?");
    return Shape.of(x.get(0), config.get(N), x.get(1));
  }

  @Override
  public boolean keepsType() {
    return true;
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> x) {
    Ops tf = scope.tf();
    Operand<T> one = tf.expandDims(x, tf.constant(1));
    return tf.tile(one, tf.constant(new int[] {1, config.get(N), 1}));
  }

  @Override
  public Schema<RepeatVector> schema() {
    return SCHEMA;
  }
}
