package kerava.functional;

import java.util.List;
import kerava.graph.Loop;
import kerava.graph.Sizes;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Connectionist temporal classification (Graves et al. 2006): how unlikely a row of labels is,
 * where at each time a label or a blank, which is class 0, may be said, labels may be drawn out,
 * and a blank stands between two that are the same.
 *
 * <p>TensorFlow's own kernel refuses empty rows and gives infinity for what is too long or too
 * unlikely. This goes forward and back through the states as Keras does, and takes the sum of the
 * chances away at each time.
 */
public final class Ctc {
  /** What stands for log 0 where a row begins or ends, as in Keras. */
  private static final float NEARLY_NEVER = (float) Math.log(1e-307);

  private final Ops tf;
  private final Operand<TInt32> labels;
  private final Operand<TFloat32> logs;
  private final Operand<TInt32> batch;
  private final Operand<TInt32> width;

  private Ctc(Ops tf, Operand<TInt32> labels, Operand<TFloat32> logs) {
    this.tf = tf;
    this.labels = labels;
    this.logs = logs;
    this.batch = Sizes.of(tf, labels, 0);
    this.width = tf.math.add(Sizes.of(tf, labels, 1), tf.constant(1));
  }

  /**
   * Adds the operations of the loss of each sample.
   *
   * @param labels of shape (batch, n), each row filled up with zeros
   * @param logits of shape (batch, times, classes)
   * @return of shape (batch)
   */
  public static Operand<TFloat32> loss(Ops tf, Operand<TInt32> labels, Operand<TFloat32> logits) {
    Operand<TFloat32> fixed = tf.stopGradient(logits);
    Result result = new Ctc(tf, labels, tf.nn.logSoftmax(fixed)).result();
    // Loops have no gradient in TensorFlow Java: this is zero, and has the one that is known.
    Operand<TFloat32> zero =
        tf.math.mul(tf.stopGradient(result.gradient()), tf.math.sub(logits, fixed));
    return tf.math.add(
        tf.stopGradient(result.loss()), tf.reduceSum(zero, tf.constant(new int[] {1, 2})));
  }

  private record Result(Operand<TFloat32> loss, Operand<TFloat32> gradient) {}

  private Result result() {
    List<Operand<TFloat32>> steps = CtcSteps.of(tf, labels, logs).all();
    Operand<TInt32> times = Sizes.of(tf, logs, 1);
    Operand<TFloat32> none =
        tf.fill(tf.stack(List.of(times, batch, tf.constant(2), width)), tf.constant(0f));
    Operand<TFloat32> sum = tf.fill(tf.stack(List.of(batch)), tf.constant(0f));
    List<Operand<TFloat32>> forward =
        Loop.of(tf, times, new Loop.State(List.of(begin(), none), steps), Ctc::forward);
    List<Operand<TFloat32>> back =
        Loop.of(tf, times, new Loop.State(List.of(end(), none, sum), steps), Ctc::back);
    Operand<TFloat32> empty =
        tf.slice(back.get(0), tf.constant(new int[3]), tf.constant(new int[] {-1, 1, 1}));
    Operand<TFloat32> likelihood =
        tf.math.add(tf.reshape(empty, tf.constant(new int[] {-1})), back.get(2));
    return new Result(tf.math.neg(likelihood), gradient(tf.math.add(forward.get(1), back.get(1))));
  }

  /** Before the first time nothing was said. */
  private Operand<TFloat32> begin() {
    Operand<TInt32> first = tf.fill(tf.stack(List.of(batch)), tf.constant(0));
    Operand<TInt32> states = tf.math.mul(width, tf.constant(2));
    Operand<TFloat32> one = tf.oneHot(first, states, tf.constant(0f), tf.constant(NEARLY_NEVER));
    return tf.reshape(one, tf.stack(List.of(batch, tf.constant(2), width)));
  }

  /** After the last time all labels were said, and blanks behind them or not. */
  private Operand<TFloat32> end() {
    Operand<TInt32> labelled =
        tf.dtypes.cast(tf.math.notEqual(labels, tf.constant(0)), TInt32.class);
    Operand<TInt32> lengths = tf.reduceSum(labelled, tf.constant(1));
    Operand<TFloat32> last = tf.oneHot(lengths, width, tf.constant(0f), tf.constant(NEARLY_NEVER));
    return tf.stack(List.of(last, last), Stack.axis(1L));
  }

  private static List<Operand<TFloat32>> forward(Ops tf, Operand<TInt32> turn, Loop.State state) {
    CtcSteps steps = CtcSteps.of(state.fixed());
    Operand<TFloat32> after = steps.forward(tf, turn, state.changing().get(0));
    Operand<TFloat32> kept = tf.math.sub(after, sum(tf, after));
    return List.of(kept, Loop.put(tf, state.changing().get(1), turn, kept));
  }

  private static List<Operand<TFloat32>> back(Ops tf, Operand<TInt32> turn, Loop.State state) {
    CtcSteps steps = CtcSteps.of(state.fixed());
    Operand<TFloat32> after = state.changing().get(0);
    Operand<TFloat32> all = state.changing().get(1);
    Operand<TInt32> last = tf.math.sub(Sizes.of(tf, all, 0), tf.constant(1));
    Operand<TInt32> time = tf.math.sub(last, turn);
    Operand<TFloat32> before = steps.back(tf, time, after);
    Operand<TFloat32> sum = sum(tf, before);
    Operand<TFloat32> flat = tf.reshape(sum, tf.constant(new int[] {-1}));
    return List.of(
        tf.math.sub(before, sum),
        Loop.put(tf, all, time, after),
        tf.math.add(state.changing().get(2), flat));
  }

  /** Of all states of a sample: (batch, 2, n + 1) → (batch, 1, 1). */
  private static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> states) {
    return LogSum.kept(tf, LogSum.kept(tf, states, 2), 1);
  }

  /**
   * How much more likely each class is at each time than it is among the rows that are right.
   *
   * @param chances of the states, of shape (times, batch, 2, n + 1), up to a factor a time
   */
  private Operand<TFloat32> gradient(Operand<TFloat32> chances) {
    Operand<TInt32> states = tf.math.mul(width, tf.constant(2));
    Operand<TFloat32> flat = tf.reshape(chances, tf.stack(List.of(tf.constant(-1), batch, states)));
    Operand<TFloat32> whole = tf.math.exp(tf.math.sub(flat, LogSum.kept(tf, flat, 2)));
    Operand<TFloat32> byBatch = tf.linalg.transpose(whole, tf.constant(new int[] {1, 0, 2}));
    Operand<TFloat32> right = tf.train.batchMatMul(byBatch, classes(), TFloat32.class);
    return tf.math.sub(tf.math.exp(logs), right);
  }

  /** Which class each state says, as ones: (batch, 2 (n + 1), classes). */
  private Operand<TFloat32> classes() {
    Operand<TBool> filled = tf.math.equal(labels, tf.constant(0));
    Operand<TInt32> said = tf.select(filled, tf.constant(-1), labels);
    Operand<TInt32> none = tf.fill(tf.stack(List.of(batch, tf.constant(1))), tf.constant(-1));
    Operand<TInt32> blanks = tf.fill(tf.stack(List.of(batch, width)), tf.constant(0));
    Operand<TInt32> all = tf.concat(List.of(none, said, blanks), tf.constant(1));
    Operand<TInt32> count = Sizes.of(tf, logs, 2);
    return tf.oneHot(all, count, tf.constant(1f), tf.constant(0f));
  }
}
