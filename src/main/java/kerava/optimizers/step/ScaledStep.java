package kerava.optimizers.step;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import kerava.LossScaling;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.SwitchCond;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * A step under {@link LossScaling}, which is left out where gradients are not finite.
 *
 * <p>The choice is made in the graph: of the two branches behind a switch only one runs, and
 * everything that hangs on the other by a control dependency is skipped.
 *
 * @param tf where to add operations
 * @param scaling how the loss is scaled
 * @param counter the steps with finite gradients since the scale last changed
 * @param scale the scale from step to step
 * @param now the scale in this step
 */
record ScaledStep(
    Ops tf, LossScaling scaling, Variable counter, Variable scale, Operand<TFloat32> now) {
  /** Makes the step: gradients, and what must have run before the first weight changes. */
  interface Then extends BiFunction<List<Gradient>, List<Op>, Op> {}

  static ScaledStep of(Ops tf, LossScaling scaling, Variable counter, Variable scale) {
    return new ScaledStep(tf, scaling, counter, scale, scale.read(tf, TFloat32.class));
  }

  Operand<TFloat32> scaled(Operand<TFloat32> loss) {
    return tf.math.mul(loss, now);
  }

  /**
   * Adds the operations of both branches.
   *
   * @param gradients of the {@link #scaled} loss
   * @param after what must have run before the first weight changes
   * @param then makes the step that is taken with finite gradients
   * @return has run when either branch has
   */
  Op add(List<Gradient> gradients, List<Op> after, Then then) {
    Operand<TBool> finite = finite(gradients);
    SwitchCond<TBool> choice = tf.switchCond(finite, finite);
    List<Op> taken = new ArrayList<>(after);
    taken.add(tf.identity(choice.outputTrue()));
    List<Op> leftOut = new ArrayList<>(after);
    leftOut.add(tf.identity(choice.outputFalse()));
    List<Gradient> unscaled =
        gradients.stream().map(each -> each.map(g -> tf.math.div(g, now))).toList();
    Op stepped = then.apply(unscaled, List.copyOf(taken));
    return tf.merge(List.of(grown(stepped), halved(leftOut)));
  }

  private Operand<TBool> finite(List<Gradient> gradients) {
    List<Operand<TBool>> each = new ArrayList<>();
    for (Gradient gradient : gradients) {
      Operand<TBool> flat =
          tf.reshape(tf.math.isFinite(gradient.values()), tf.constant(new int[] {-1}));
      each.add(tf.reduceAll(flat, tf.constant(0)));
    }
    return tf.reduceAll(tf.stack(each), tf.constant(0));
  }

  /** One more step with finite gradients. */
  private Operand<TBool> grown(Op stepped) {
    Ops here = tf.withControlDependencies(List.of(stepped));
    Operand<TFloat32> steps = here.math.add(counter.read(here, TFloat32.class), tf.constant(1f));
    Operand<TBool> enough = tf.math.equal(steps, tf.constant((float) scaling.growthSteps()));
    Operand<TFloat32> twice = tf.math.mul(now, tf.constant(2f));
    return done(
        counter.assign(here, tf.select(enough, tf.constant(0f), steps)),
        scale.assign(here, tf.select(enough, twice, now)));
  }

  private Operand<TBool> halved(List<Op> leftOut) {
    Ops here = tf.withControlDependencies(leftOut);
    return done(
        counter.assign(here, tf.constant(0f)),
        scale.assign(here, tf.math.mul(now, tf.constant(0.5f))));
  }

  private Operand<TBool> done(Op... assigned) {
    return tf.withControlDependencies(List.of(assigned)).constant(true);
  }
}
