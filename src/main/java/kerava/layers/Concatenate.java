package kerava.layers;

import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerCall;
import kerava.TypedLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * Its inputs side by side along one axis; along the others they have one size.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/merging_layers/concatenate/">Keras: Concatenate</a>
 */
public record Concatenate(Config config) implements TypedLayer, MergeLayer {
  private static final Key<Integer> AXIS = Key.of("axis", Codec.integer(), -1);

  /** How the layer is written and read. */
  public static final Schema<Concatenate> SCHEMA =
      Layer.schema("Concatenate", Concatenate::new, AXIS);

  /** The layer along the last axis. */
  public static Concatenate of() {
    return new Concatenate(SCHEMA.config());
  }

  /** The same layer along another axis; -1, the last one, by default. */
  public Concatenate axis(int axis) {
    return new Concatenate(config.with(AXIS, axis));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    if (inputs.shapes().isEmpty()) {
      throw inputs.refuse("at least one input", "");
    }
    long[] sizes = inputs.shapes().get(0).asArray();
    int axis = Axes.of(inputs, config.get(AXIS), sizes.length);
    for (Shape shape : inputs.shapes().subList(1, inputs.shapes().size())) {
      if (shape.numDimensions() != sizes.length) {
        throw inputs.refuse("inputs of one rank", "");
      }
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = i == axis ? sum(sizes[i], shape.get(i)) : same(inputs, sizes[i], shape.get(i));
      }
    }
    return Shape.of(sizes);
  }

  private static long sum(long one, long other) {
    boolean unknown = one == Shape.UNKNOWN_SIZE || other == Shape.UNKNOWN_SIZE;
    return unknown ? Shape.UNKNOWN_SIZE : one + other;
  }

  private long same(Inputs inputs, long one, long other) {
    if (one != other && one != Shape.UNKNOWN_SIZE && other != Shape.UNKNOWN_SIZE) {
      throw inputs.refuse("inputs that differ along axis " + config.get(AXIS) + " alone", "");
    }
    return Math.max(one, other);
  }

  @Override
  public <T extends TFloating> Operand<T> compute(Scope scope, List<Operand<T>> inputs) {
    if (inputs.size() == 1) {
      return inputs.get(0);
    }
    // A negative axis would survive training but not TensorFlow's gradient of a concatenation.
    int axis = Axes.of(config.get(AXIS), inputs.get(0).shape().numDimensions());
    return scope.tf().concat(inputs, scope.tf().constant(axis));
  }

  /**
   * Masks side by side: an input without one counts whole, and a step counts if any of its values
   * does.
   */
  @Override
  public Optional<Operand<TBool>> outputMask(Scope scope, LayerCall call) {
    if (call.values().stream().allMatch(value -> value.mask().isEmpty())) {
      return Optional.empty();
    }
    Ops tf = scope.tf();
    List<Operand<TBool>> masks = call.values().stream().map(value -> stretched(tf, value)).toList();
    int axis = Axes.of(config.get(AXIS), call.values().get(0).operand().shape().numDimensions());
    Operand<TBool> joined = masks.size() == 1 ? masks.get(0) : tf.concat(masks, tf.constant(axis));
    return Optional.of(tf.reduceAny(joined, tf.constant(-1)));
  }

  /** A mask of the shape of its value, as far as it has an axis less. */
  private static Operand<TBool> stretched(Ops tf, TensorValue value) {
    Operand<TBool> nowhere = tf.fill(tf.shape(value.operand()), tf.constant(false));
    if (value.mask().isEmpty()) {
      return tf.math.logicalNot(nowhere);
    }
    Operand<TBool> mask = value.mask().get();
    return mask.shape().numDimensions() < value.operand().shape().numDimensions()
        ? tf.math.logicalOr(tf.expandDims(mask, tf.constant(-1)), nowhere)
        : mask;
  }

  @Override
  public boolean keepsType() {
    return true;
  }

  @Override
  public Schema<Concatenate> schema() {
    return SCHEMA;
  }
}
