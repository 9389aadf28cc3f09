package kerava.layers;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.TypedLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * Its inputs side by side along one axis; along the others they have one size.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/merging_layers/concatenate/">Keras: Concatenate</a>
 */
public record Concatenate(Config config) implements TypedLayer {
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

  @Override
  public Schema<Concatenate> schema() {
    return SCHEMA;
  }
}
