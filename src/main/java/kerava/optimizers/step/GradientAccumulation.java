package kerava.optimizers.step;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.SwitchCond;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Updates that are made once in some steps, by the mean gradient of all.
 *
 * <p>The choice between adding up and updating is made in the graph: of the two branches behind a
 * switch only one runs, and everything that hangs on the other by a control dependency is skipped.
 *
 * @param tf where to add operations
 * @param steps in how many steps there is one update
 * @param sums the sum of the gradients of each weight
 */
record GradientAccumulation(Ops tf, int steps, List<Variable> sums) {
  /** Makes the updates: gradients, and what must have run before the first weight changes. */
  interface Updates extends BiFunction<List<Gradient>, List<Op>, List<Op>> {}

  /**
   * Adds the operations of both branches.
   *
   * @param iteration how many steps were done before this one, a scalar
   * @param gradients the gradients of this step
   * @param updates makes the updates of the branch that updates
   * @return has run when either branch has
   */
  Op add(Operand<TInt64> iteration, List<Gradient> gradients, Updates updates) {
    Operand<TInt64> number = tf.math.add(iteration, tf.constant(1L));
    Operand<TBool> last =
        tf.math.equal(tf.math.floorMod(number, tf.constant((long) steps)), tf.constant(0L));
    SwitchCond<TBool> choice = tf.switchCond(last, last);
    Op updating = tf.identity(choice.outputTrue());
    Op adding = tf.identity(choice.outputFalse());
    return tf.merge(
        List.of(token(update(gradients, updates, updating)), token(addUp(gradients, adding))));
  }

  private List<Op> update(List<Gradient> gradients, Updates updates, Op branch) {
    Ops here = tf.withControlDependencies(List.of(branch));
    List<Gradient> means = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      Operand<TFloat32> sum = sums.get(i).read(here, TFloat32.class);
      Operand<TFloat32> all = tf.math.add(gradients.get(i).whole(tf), sum);
      means.add(Gradient.whole(tf.math.div(all, tf.constant((float) steps)), sums.get(i).shape()));
    }
    List<Op> done = updates.apply(means, List.of(branch));
    Ops after = tf.withControlDependencies(done);
    List<Op> cleared = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      cleared.add(sums.get(i).assign(after, tf.zerosLike(means.get(i).values())));
    }
    return cleared;
  }

  private List<Op> addUp(List<Gradient> gradients, Op branch) {
    Ops here = tf.withControlDependencies(List.of(branch));
    List<Op> added = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      added.add(here.assignAddVariableOp(sums.get(i).handle(), gradients.get(i).whole(tf)));
    }
    return added;
  }

  private Operand<TBool> token(List<Op> done) {
    return tf.withControlDependencies(done).constant(true);
  }
}
