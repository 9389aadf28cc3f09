package kerava.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import kerava.Inputs;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
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

  /** The product, in which what a mask hides is 1; and 0 where it is hidden in all inputs. */
  static <T extends TFloating> Operand<T> product(Scope scope, List<Operand<T>> inputs) {
    Ops tf = scope.tf();
    List<Optional<Operand<TBool>>> masks = masks(scope, inputs);
    List<Operand<T>> seen = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Operand<T> x = inputs.get(i);
      seen.add(masks.get(i).<Operand<T>>map(mask -> tf.select(mask, x, ones(tf, x))).orElse(x));
    }
    Operand<T> product = fold(scope, seen, tf.math::mul);
    if (!masks.stream().allMatch(Optional::isPresent)) {
      return product;
    }
    Operand<TBool> any =
        masks.stream()
            .map(Optional::orElseThrow)
            .reduce((one, other) -> tf.math.logicalOr(one, other))
            .orElseThrow();
    return tf.select(any, product, tf.zerosLike(product));
  }

  // Without the stop a gradient would be asked for, which TensorFlow Java does not have.
  private static <T extends TFloating> Operand<T> ones(Ops tf, Operand<T> x) {
    return tf.stopGradient(tf.onesLike(x));
  }

  /**
   * The first input, combined with each of the others in turn; what the mask of one hides is what
   * the other has there.
   */
  static <T extends TFloating> Operand<T> choose(
      Scope scope, List<Operand<T>> inputs, BinaryOperator<Operand<T>> operation) {
    Ops tf = scope.tf();
    List<Optional<Operand<TBool>>> masks = masks(scope, inputs);
    if (masks.stream().allMatch(Optional::isEmpty)) {
      return fold(scope, inputs, operation);
    }
    int rank = rank(inputs.stream().map(Operand::shape).toList());
    Operand<T> chosen = aligned(tf, inputs.get(0), rank);
    Optional<Operand<TBool>> known = masks.get(0);
    for (int i = 1; i < inputs.size(); i++) {
      Operand<T> x = aligned(tf, inputs.get(i), rank);
      Operand<T> before = chosen;
      Optional<Operand<TBool>> mask = masks.get(i);
      Operand<T> next = mask.<Operand<T>>map(own -> tf.select(own, x, before)).orElse(x);
      Operand<T> seen = known.<Operand<T>>map(own -> tf.select(own, before, next)).orElse(before);
      known = known.flatMap(one -> mask.map(other -> tf.math.logicalOr(one, other)));
      chosen = operation.apply(seen, next);
    }
    return chosen;
  }

  /** The masks of inputs, with an axis more; an input that is stretched first has none. */
  private static List<Optional<Operand<TBool>>> masks(
      Scope scope, List<? extends Operand<?>> inputs) {
    int rank = rank(inputs.stream().map(Operand::shape).toList());
    List<Optional<Operand<TBool>>> masks = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      boolean own = inputs.get(i).shape().numDimensions() == rank && i < scope.masks().size();
      masks.add(
          own
              ? scope
                  .masks()
                  .get(i)
                  .map(mask -> scope.tf().expandDims(mask, scope.tf().constant(-1)))
              : Optional.empty());
    }
    return masks;
  }

  private static <T extends TFloating> Operand<T> aligned(Ops tf, Operand<T> input, int rank) {
    Operand<T> aligned = input;
    for (int i = input.shape().numDimensions(); i < rank; i++) {
      aligned = tf.expandDims(aligned, tf.constant(1));
    }
    return aligned;
  }
}
