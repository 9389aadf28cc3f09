package kerava.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kerava.graph.BatchMatMul;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A sum of products of two operands by the letters of their axes. Letters that both have and the
 * result has not are summed over; each stands once in an operand.
 *
 * <p>TensorFlow's own operation has no gradient in TensorFlow Java; this is a product of matrices.
 *
 * @param left the axes of the first operand
 * @param right those of the second
 * @param result those of the result, each of an operand
 */
record Einsum(List<String> left, List<String> right, List<String> result) {
  /** Copies the lists. */
  Einsum {
    left = List.copyOf(left);
    right = List.copyOf(right);
    result = List.copyOf(result);
  }

  /** Adds the operations of the product. */
  <T extends TFloating> Operand<T> of(Ops tf, Operand<T> x, Operand<T> y) {
    Side<T> first = new Side<>(left, x).summed(tf, axis -> !right.contains(axis) && !stays(axis));
    Side<T> second = new Side<>(right, y).summed(tf, axis -> !left.contains(axis) && !stays(axis));
    List<String> both = first.axes.stream().filter(second.axes::contains).toList();
    List<String> batch = both.stream().filter(this::stays).toList();
    List<String> inner = both.stream().filter(axis -> !stays(axis)).toList();
    List<String> rows = first.axes.stream().filter(axis -> !both.contains(axis)).toList();
    List<String> columns = second.axes.stream().filter(axis -> !both.contains(axis)).toList();
    Operand<T> a = first.matrices(tf, batch, rows, inner);
    Operand<T> b = second.matrices(tf, batch, inner, columns);
    Operand<T> product = batch.isEmpty() ? tf.linalg.matMul(a, b) : BatchMatMul.of(tf, a, b);
    List<Operand<TInt32>> sizes = new ArrayList<>();
    Stream.concat(batch.stream(), rows.stream())
        .forEach(axis -> sizes.add(DynamicShape.of(tf, first.values, first.axes.indexOf(axis))));
    columns.forEach(
        axis -> sizes.add(DynamicShape.of(tf, second.values, second.axes.indexOf(axis))));
    List<String> order = Stream.of(batch, rows, columns).flatMap(List::stream).toList();
    return new Side<>(order, tf.reshape(product, tf.stack(sizes))).ordered(tf, result).values;
  }

  private boolean stays(String axis) {
    return result.contains(axis);
  }

  /** An operand and its axes. */
  private record Side<T extends TFloating>(List<String> axes, Operand<T> values) {
    Side<T> summed(Ops tf, Predicate<String> which) {
      int[] gone = axes.stream().filter(which).mapToInt(axes::indexOf).toArray();
      return gone.length == 0
          ? this
          : new Side<>(
              axes.stream().filter(which.negate()).toList(),
              tf.reduceSum(values, tf.constant(gone)));
    }

    Side<T> ordered(Ops tf, List<String> wanted) {
      int[] order = wanted.stream().mapToInt(axes::indexOf).toArray();
      boolean same = Arrays.equals(order, IntStream.range(0, order.length).toArray());
      return same ? this : new Side<>(wanted, tf.linalg.transpose(values, tf.constant(order)));
    }

    /** Matrices of some rows and columns, one for each of a batch. */
    Operand<T> matrices(Ops tf, List<String> batch, List<String> rows, List<String> columns) {
      List<String> wanted = Stream.of(batch, rows, columns).flatMap(List::stream).toList();
      Side<T> sorted = ordered(tf, wanted);
      if (rows.size() == 1 && columns.size() == 1) {
        return sorted.values;
      }
      List<Operand<TInt32>> sizes = new ArrayList<>();
      batch.forEach(axis -> sizes.add(size(tf, axis)));
      sizes.add(size(tf, rows));
      sizes.add(size(tf, columns));
      return tf.reshape(sorted.values, tf.stack(sizes));
    }

    private Operand<TInt32> size(Ops tf, String axis) {
      return DynamicShape.of(tf, values, axes.indexOf(axis));
    }

    private Operand<TInt32> size(Ops tf, List<String> several) {
      return several.stream()
          .map(axis -> size(tf, axis))
          .reduce(tf.math::mul)
          .orElse(tf.constant(1));
    }
  }
}
