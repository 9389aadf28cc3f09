package kerava.layers;

import java.util.Arrays;
import java.util.List;
import kerava.DTypePolicy;
import kerava.Inputs;
import kerava.Layer;
import kerava.UnaryLayer;
import kerava.config.CallArguments;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.DType;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * exp(x) over the sum of exp(x) along some axes: any shape → the same. With a mask, which must have
 * one axis as often as the input, or stretch to it, what is not in it counts nothing and becomes 0.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/activation_layers/softmax/">Keras: Softmax</a>
 */
public record Softmax(Config config) implements UnaryLayer, PassesMask {
  private static final float MASKED = -1e9f;
  private static final float MASKED_HALF = -3e4f;

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
    Inputs own = inputs.first();
    int rank = own.single().numDimensions();
    config.get(AXIS).forEach(axis -> Axes.of(own, axis, rank));
    inputs.tensors("mask").forEach(mask -> requireMask(inputs, own.single(), mask));
    return own.single();
  }

  private static void requireMask(Inputs inputs, Shape x, TensorSpec mask) {
    if (mask.type() != DType.BOOL || !stretches(mask.shape(), x)) {
      throw inputs.refuse("a mask of truths that stretches to the input", "");
    }
  }

  private static boolean stretches(Shape mask, Shape x) {
    int missing = x.numDimensions() - mask.numDimensions();
    for (int axis = 0; missing >= 0 && axis < mask.numDimensions(); axis++) {
      long own = mask.get(axis);
      long other = x.get(axis + missing);
      if (own != 1 && own != other && own >= 0 && other >= 0) {
        return false;
      }
    }
    return missing >= 0;
  }

  @Override
  public List<String> arguments() {
    return List.of(CallArguments.INPUTS, "mask");
  }

  @Override
  public Operand<TFloat32> build(Scope scope, Operand<TFloat32> x) {
    if (scope.mask().isEmpty()) {
      return softmax(scope.tf(), x);
    }
    Operand<TBool> mask = scope.mask().get();
    if (!stretches(mask.shape(), x.shape())) {
      throw new IllegalArgumentException(
          "Softmax: expected a mask that stretches to "
              + x.shape()
              + ", got "
              + mask.shape()
              + ".");
    }
    Ops tf = scope.tf();
    float masked = policy() == DTypePolicy.MIXED_FLOAT16 ? MASKED_HALF : MASKED;
    Operand<TFloat32> shares = softmax(tf, tf.select(mask, x, tf.constant(masked)));
    return tf.select(mask, shares, tf.constant(0f));
  }

  private Operand<TFloat32> softmax(Ops tf, Operand<TFloat32> x) {
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
