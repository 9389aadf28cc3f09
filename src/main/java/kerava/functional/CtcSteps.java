package kerava.functional;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * How chances move among the states of {@link Ctc} from one time to the next, in logarithms. A
 * state is the last label that was said, 0 for none yet, and whether it is still being said or
 * blanks came after it: chances are of shape (batch, 2, n + 1).
 *
 * @param said how likely each label is said, of shape (times, batch, n + 1)
 * @param blank how likely the blank is, of shape (times, batch, 1)
 * @param next 0 where a label may follow the one before it, else −∞; of shape (batch, n + 1)
 */
record CtcSteps(Operand<TFloat32> said, Operand<TFloat32> blank, Operand<TFloat32> next) {
  private static final float NEVER = Float.NEGATIVE_INFINITY;

  /**
   * The steps of some rows of labels.
   *
   * @param labels of shape (batch, n), filled with zeros
   * @param logs logarithms of the chances of the classes, of shape (batch, times, classes)
   */
  static CtcSteps of(Ops tf, Operand<TInt32> labels, Operand<TFloat32> logs) {
    Operand<TFloat32> byClass = tf.linalg.transpose(logs, tf.constant(new int[] {0, 2, 1}));
    Operand<TFloat32> own = tf.gather(byClass, labels, tf.constant(1), Gather.batchDims(1L));
    Operand<TFloat32> none = tf.constant(NEVER);
    Operand<TFloat32> said = tf.pad(own, tf.constant(new int[][] {{0, 0}, {1, 0}, {0, 0}}), none);
    Operand<TFloat32> blank =
        tf.slice(logs, tf.constant(new int[3]), tf.constant(new int[] {-1, -1, 1}));
    return new CtcSteps(
        tf.linalg.transpose(said, tf.constant(new int[] {2, 0, 1})),
        tf.linalg.transpose(blank, tf.constant(new int[] {1, 0, 2})),
        next(tf, labels));
  }

  /** The steps of a list; see {@link #all}. */
  static CtcSteps of(List<Operand<TFloat32>> all) {
    return new CtcSteps(all.get(0), all.get(1), all.get(2));
  }

  /** What a loop carries of them. */
  List<Operand<TFloat32>> all() {
    return List.of(said, blank, next);
  }

  /** The first label may always come; another one if it is not the one before it. */
  private static Operand<TFloat32> next(Ops tf, Operand<TInt32> labels) {
    Operand<TInt32> before = padded(tf, labels, 1, 0, tf.constant(-1));
    Operand<TInt32> earlier = tf.slice(before, tf.constant(new int[] {0, 0}), tf.shape(labels));
    Operand<TFloat32> none = tf.constant(NEVER);
    Operand<TFloat32> free = tf.select(tf.math.equal(labels, earlier), none, tf.constant(0f));
    return padded(tf, free, 1, 0, none);
  }

  /** The chances after a time, from those before it. */
  Operand<TFloat32> forward(Ops tf, Operand<TInt32> time, Operand<TFloat32> states) {
    List<Operand<TFloat32>> from = apart(tf, states);
    Operand<TFloat32> label = from.get(0);
    Operand<TFloat32> rest = from.get(1);
    Operand<TFloat32> follows = tf.math.add(later(tf, label), next);
    Operand<TFloat32> labels = sum(tf, List.of(label, later(tf, rest), follows));
    Operand<TFloat32> blanks = sum(tf, List.of(label, rest));
    return tf.stack(
        List.of(tf.math.add(labels, at(tf, said, time)), tf.math.add(blanks, at(tf, blank, time))),
        Stack.axis(1L));
  }

  /** The chances of all that comes from a time on, from those of what comes after it. */
  Operand<TFloat32> back(Ops tf, Operand<TInt32> time, Operand<TFloat32> states) {
    List<Operand<TFloat32>> from = apart(tf, states);
    Operand<TFloat32> label = tf.math.add(from.get(0), at(tf, said, time));
    Operand<TFloat32> rest = tf.math.add(from.get(1), at(tf, blank, time));
    Operand<TFloat32> follows = earlier(tf, tf.math.add(label, next));
    Operand<TFloat32> labels = sum(tf, List.of(label, rest, follows));
    Operand<TFloat32> blanks = sum(tf, List.of(rest, earlier(tf, label)));
    return tf.stack(List.of(labels, blanks), Stack.axis(1L));
  }

  private static List<Operand<TFloat32>> apart(Ops tf, Operand<TFloat32> states) {
    return List.copyOf(tf.unstack(states, 2L, Unstack.axis(1L)).output());
  }

  private static Operand<TFloat32> sum(Ops tf, List<Operand<TFloat32>> logs) {
    return LogSum.of(tf, tf.stack(logs), 0);
  }

  private static Operand<TFloat32> at(Ops tf, Operand<TFloat32> rows, Operand<TInt32> time) {
    return tf.gather(rows, time, tf.constant(0));
  }

  /** What each state has from the one of the label before. */
  private static Operand<TFloat32> later(Ops tf, Operand<TFloat32> states) {
    Operand<TFloat32> more = padded(tf, states, 1, 0, tf.constant(NEVER));
    return tf.slice(more, tf.constant(new int[] {0, 0}), tf.shape(states));
  }

  /** What each state has from the one of the label after. */
  private static Operand<TFloat32> earlier(Ops tf, Operand<TFloat32> states) {
    Operand<TFloat32> more = padded(tf, states, 0, 1, tf.constant(NEVER));
    return tf.slice(more, tf.constant(new int[] {0, 1}), tf.shape(states));
  }

  private static <T extends TType> Operand<T> padded(
      Ops tf, Operand<T> rows, int before, int after, Operand<T> value) {
    return tf.pad(rows, tf.constant(new int[][] {{0, 0}, {before, after}}), value);
  }
}
