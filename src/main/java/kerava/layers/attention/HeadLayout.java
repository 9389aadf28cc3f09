package kerava.layers.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kerava.layers.DynamicShape;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * How the axes (batch, ..., heads, numbers) of what heads are given become those of matrices: the
 * axes that are attended over are the rows, all others before the numbers are many matrices.
 *
 * @param rank how many axes there are
 * @param attended those that are attended over, in their order
 */
record HeadLayout(int rank, List<Integer> attended) {
  /** Keeps the axes as they are now. */
  HeadLayout {
    attended = List.copyOf(attended);
  }

  /** The axes beside those attended over and the numbers; the last of them is that of the heads. */
  private List<Integer> batch() {
    return IntStream.range(0, rank - 1).filter(axis -> !attended.contains(axis)).boxed().toList();
  }

  private int[] order() {
    List<Integer> order = new ArrayList<>(batch());
    order.addAll(attended);
    order.add(rank - 1);
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** As matrices: (..., heads, rows, numbers). */
  <T extends TFloating> Operand<T> matrices(Ops tf, Operand<T> x) {
    Operand<T> sorted = tf.linalg.transpose(x, tf.constant(order()));
    if (attended.size() == 1) {
      return sorted;
    }
    List<Operand<TInt32>> sizes = sizes(tf, x, batch());
    sizes.add(tf.constant(-1));
    sizes.add(DynamicShape.of(tf, x, rank - 1));
    return tf.reshape(sorted, tf.stack(sizes));
  }

  /**
   * Matrices in the order that heads were given.
   *
   * @param like has the sizes of all axes but the last
   */
  <T extends TFloating> Operand<T> restored(Ops tf, Operand<T> matrices, Operand<T> like) {
    Operand<T> split = matrices;
    if (attended.size() > 1) {
      List<Operand<TInt32>> sizes = sizes(tf, like, batch());
      sizes.addAll(sizes(tf, like, attended));
      sizes.add(DynamicShape.of(tf, matrices, batch().size() + 1));
      split = tf.reshape(matrices, tf.stack(sizes));
    }
    int[] order = order();
    int[] back =
        IntStream.range(0, rank)
            .map(axis -> Arrays.stream(order).boxed().toList().indexOf(axis))
            .toArray();
    return tf.linalg.transpose(split, tf.constant(back));
  }

  /**
   * The sizes of scores: (..., heads, queries, keys), with as many axes of queries and of keys as
   * are attended over.
   */
  Operand<TInt32> scores(
      Ops tf, Operand<? extends TFloating> query, Operand<? extends TFloating> key) {
    List<Operand<TInt32>> sizes = sizes(tf, query, batch());
    sizes.addAll(sizes(tf, query, attended));
    sizes.addAll(sizes(tf, key, attended));
    return tf.stack(sizes);
  }

  private static List<Operand<TInt32>> sizes(
      Ops tf, Operand<? extends TFloating> x, List<Integer> axes) {
    List<Operand<TInt32>> sizes = new ArrayList<>();
    axes.forEach(axis -> sizes.add(DynamicShape.of(tf, x, axis)));
    return sizes;
  }
}
