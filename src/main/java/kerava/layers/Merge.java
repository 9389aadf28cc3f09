package kerava.layers;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import kerava.Inputs;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** What layers that combine several inputs number by number have in common. */
final class Merge {
  private Merge() {}

  /** The shape that all inputs are stretched to; short ones get axes behind their batch axis. */
  static Shape outputShape(Inputs inputs) {
    if (inputs.shapes().isEmpty()) {
      throw inputs.refuse("at least one input", "");
    }
    int rank = rank(inputs.shapes());
    long[] sizes = padded(inputs.shapes().get(0), rank).asArray();
    for (Shape shape : inputs.shapes()) {
      Shape other = padded(shape, rank);
      for (int axis = 0; axis < rank; axis++) {
        sizes[axis] = stretched(inputs, sizes[axis], other.get(axis));
      }
    }
    return Shape.of(sizes);
  }

  private static int rank(List<Shape> shapes) {
    return shapes.stream().mapToInt(Shape::numDimensions).max().orElse(0);
  }

  private static long stretched(Inputs inputs, long one, long other) {
    if (one == other || other == 1) {
      return one;
    }
    if (one == 1 || one == Shape.UNKNOWN_SIZE) {
      return other;
    }
    if (other == Shape.UNKNOWN_SIZE) {
      return one;
    }
    throw inputs.refuse("inputs of one shape", "Is a stride or a number of filters different?");
  }

  private static Shape padded(Shape shape, int rank) {
    long[] sizes = new long[rank];
    Arrays.fill(sizes, 1);
    int missing = rank - shape.numDimensions();
    for (int axis = 0; axis < shape.numDimensions(); axis++) {
      sizes[axis == 0 ? 0 : axis + missing] = shape.get(axis);
    }
    return Shape.of(sizes);
  }

  /** The first input, combined with each of the others in turn. */
  static <T extends TFloating> Operand<T> fold(
      Scope scope, List<Operand<T>> inputs, BinaryOperator<Operand<T>> operation) {
    int rank = rank(inputs.stream().map(Operand::shape).toList());
    return inputs.stream()
        .map(input -> aligned(scope.tf(), input, rank))
        .reduce(operation)
        .orElseThrow();
  }

  private static <T extends TFloating> Operand<T> aligned(Ops tf, Operand<T> input, int rank) {
    Operand<T> aligned = input;
    for (int i = input.shape().numDimensions(); i < rank; i++) {
      aligned = tf.expandDims(aligned, tf.constant(1));
    }
    return aligned;
  }
}
