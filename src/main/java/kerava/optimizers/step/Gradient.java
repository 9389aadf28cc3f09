package kerava.optimizers.step;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import kerava.Parameter;
import kerava.graph.Lookup;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * The gradient of a weight: whole, or of the rows alone that were looked up of it.
 *
 * <p>A row that was looked up several times has several gradients. Keras' optimizers clip each by
 * itself, and add up their squares where that of a whole gradient is the square of the sum; so that
 * an embedding trains otherwise than the same numbers in a dense layer would.
 *
 * @param values of the weight's shape; or one row a lookup, of shape (lookups, ...)
 * @param rows the number of the row that each belongs to, of shape (lookups); empty for a whole one
 * @param shape that of the weight
 */
public record Gradient(Operand<TFloat32> values, Optional<Operand<TInt64>> rows, Shape shape) {
  /** A whole gradient. */
  public static Gradient whole(Operand<TFloat32> values, Shape shape) {
    return new Gradient(values, Optional.empty(), shape);
  }

  /**
   * The gradient of the rows that were looked up.
   *
   * @param lookups all lookups of one weight
   * @param gradients those of their rows, in the same order
   */
  public static Gradient rows(Ops tf, List<Lookup> lookups, List<Operand<TFloat32>> gradients) {
    Shape shape = lookups.get(0).variable().shape();
    int[] sizes = Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray();
    sizes[0] = -1;
    List<Operand<TFloat32>> values =
        gradients.stream()
            .<Operand<TFloat32>>map(rows -> tf.reshape(rows, tf.constant(sizes)))
            .toList();
    List<Operand<TInt64>> numbers =
        lookups.stream()
            .<Operand<TInt64>>map(
                lookup ->
                    tf.reshape(
                        tf.dtypes.cast(lookup.indices(), TInt64.class),
                        tf.constant(new int[] {-1})))
            .toList();
    return new Gradient(joined(tf, values), Optional.of(joined(tf, numbers)), shape);
  }

  private static <T extends TType> Operand<T> joined(Ops tf, List<Operand<T>> parts) {
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(0));
  }

  /** The same gradient with other numbers, each made of the one in its place. */
  public Gradient map(UnaryOperator<Operand<TFloat32>> function) {
    return new Gradient(function.apply(values), rows, shape);
  }

  /** The gradient of the whole weight, in which those of one row are added up. */
  public Operand<TFloat32> whole(Ops tf) {
    return whole(tf, values);
  }

  /** The weight that the gradient updates, which knows of the gradients of single rows. */
  Parameter updating(Parameter parameter) {
    return rows.isEmpty()
        ? parameter
        : parameter.lookedUp(
            new Parameter.RowPowers() {
              @Override
              public Operand<TFloat32> squares(Ops tf) {
                return whole(tf, tf.math.square(values));
              }

              @Override
              public Operand<TFloat32> magnitudes(Ops tf) {
                return whole(tf, tf.math.abs(values));
              }
            });
  }

  private Operand<TFloat32> whole(Ops tf, Operand<TFloat32> each) {
    return rows.<Operand<TFloat32>>map(
            numbers ->
                tf.math.unsortedSegmentSum(
                    each, numbers, tf.constant(Math.toIntExact(shape.get(0)))))
        .orElse(each);
  }
}
