package kerava.layers;

import java.util.Arrays;
import java.util.List;
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
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * exp(x) over the sum of exp(x) along some axes: any shape → the same.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/activation_layers/softmax/">Keras: Softmax</a>
 */
public record Softmax(Config config) implements UnaryLayer, PassesMask {
  private static final Key<List<Integer>> AXIS =
      Key.of("axis", Codec.oneOrMany(Codec.integer()), List.of(-1));

  /** How the layer is written and read. */
  public static final Schema<Softmax> SCHEMA = Layer.schema("Softmax", Softmax::new, AXIS);

  /** The layer along the last axis. */
  public static Softmax of() {
    return new Softmax(SCHEMA.config());
  }

  /** The same layer along other axes; -1, the last one, by default. */
  public Softmax axis(int... axes) {
    return new Softmax(config.with(AXIS, Arrays.stream(axes).boxed().toList()));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    int rank = inputs.single().numDimensions();
    config.get(AXIS).forEach(axis -> Axes.of(inputs, axis, rank));
    return inputs.single();
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    if (config.get(AXIS).equals(List.of(-1))) {
      return tf.nn.softmax(x);
    }
    Operand<TInt32> axes = Axes.constant(tf, config.get(AXIS));
    // The largest number is taken off against overflow; the result does not depend on it.
    Operand<TFloat32> largest = tf.stopGradient(tf.max(x, axes, Max.keepDims(true)));
    Operand<TFloat32> powers = tf.math.exp(tf.math.sub(x, largest));
    return tf.math.div(powers, tf.sum(powers, axes, Sum.keepDims(true)));
  }

  @Override
  public Schema<Softmax> schema() {
    return SCHEMA;
  }
}
