package kerava.layers.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.graph.Cast;
import kerava.graph.DType;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** Which queries see which keys: masks of shape (batch, queries, keys), or fewer axes. */
final class AttentionMask {
  private AttentionMask() {}

  /** The keys that count, of shape (batch, keys), for each query. */
  static Operand<TBool> ofKeys(Ops tf, Operand<TBool> keys) {
    return tf.expandDims(keys, tf.constant(-2));
  }

  /** The queries that count, of shape (batch, queries), for each key. */
  static Operand<TBool> ofQueries(Ops tf, Operand<TBool> queries) {
    return tf.expandDims(queries, tf.constant(-1));
  }

  /** Each query sees the keys up to its own place: (1, queries, keys). */
  static Operand<TBool> causal(Ops tf, Operand<TInt32> queries, Operand<TInt32> keys) {
    return tf.math.greaterEqual(rows(tf, queries), columns(tf, keys));
  }

  /** Each query sees the keys within some places of its own: (1, queries, keys). */
  static Operand<TBool> window(Ops tf, Operand<TInt32> queries, Operand<TInt32> keys, int width) {
    Operand<TInt32> distance = tf.math.abs(tf.math.sub(rows(tf, queries), columns(tf, keys)));
    return tf.math.less(distance, tf.constant(width));
  }

  private static Operand<TInt32> rows(Ops tf, Operand<TInt32> count) {
    return tf.reshape(places(tf, count), tf.constant(new int[] {1, -1, 1}));
  }

  private static Operand<TInt32> columns(Ops tf, Operand<TInt32> count) {
    return tf.reshape(places(tf, count), tf.constant(new int[] {1, 1, -1}));
  }

  private static Operand<TInt32> places(Ops tf, Operand<TInt32> count) {
    return tf.range(tf.constant(0), count, tf.constant(1));
  }

  /** The size of an axis, a number. */
  static Operand<TInt32> size(Ops tf, Operand<?> x, int axis) {
    return tf.gather(tf.shape(x), tf.constant(axis), tf.constant(0));
  }

  /** Numbers as truths: all but 0. */
  static Operand<TBool> truths(Ops tf, Operand<? extends TType> mask) {
    return Cast.numbers(tf, mask, TBool.class);
  }

  /** Numbers as truths: those above one half, where they are whole those above 0. */
  static Operand<TBool> most(Ops tf, Operand<? extends TType> mask) {
    return mask.type().equals(TBool.class)
        ? truths(tf, mask)
        : tf.math.greater(
            Cast.numbers(tf, mask, TFloat64.class),
            tf.constant(DType.of(mask.type()).floating() ? 0.5 : 0.0));
  }

  /** What all masks let through; empty if there is none. */
  static Optional<Operand<TBool>> all(Ops tf, List<Optional<Operand<TBool>>> masks) {
    List<Operand<TBool>> given = new ArrayList<>();
    masks.forEach(mask -> mask.ifPresent(given::add));
    return given.stream().reduce((one, other) -> tf.math.logicalAnd(one, other));
  }
}
