package kerava.optimizers.step;

import java.util.List;
import java.util.Optional;
import kerava.Optimizer;
import kerava.Parameter;
import kerava.Slot;
import kerava.config.Config;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The averages of weights over the steps, as an optimizer's config asks for.
 *
 * @param tf where to add operations
 * @param config the optimizer's config
 * @param iteration how many updates were done before this step, a scalar
 */
record MovingAverage(Ops tf, Config config, Operand<TInt64> iteration) {
  /**
   * Adds a weight to its average and, where it is time, makes the average the weight.
   *
   * @param updated has run when the weight has its new value
   */
  Op add(Parameter parameter, Op updated) {
    if (!config.get(Optimizer.USE_EMA)) {
      return updated;
    }
    Variable average = parameter.slot(Slot.AVERAGE);
    Ops then = tf.withControlDependencies(List.of(updated));
    Operand<TFloat32> value = parameter.variable().read(then, TFloat32.class);
    Operand<TFloat32> kept = kept();
    Operand<TFloat32> mean =
        tf.math.add(
            tf.math.mul(kept, average.read(then, TFloat32.class)),
            tf.math.mul(tf.math.sub(tf.constant(1f), kept), value));
    Op averaged = average.assign(tf, mean);
    Optional<Integer> every = config.get(Optimizer.EMA_OVERWRITE_FREQUENCY);
    if (every.isEmpty()) {
      return averaged;
    }
    Ops last = tf.withControlDependencies(List.of(averaged));
    return parameter.variable().assign(last, tf.select(now(every.get()), mean, value));
  }

  /** The share of the average that a step keeps: none in the first, which sets it. */
  private Operand<TFloat32> kept() {
    Operand<TBool> later = tf.math.notEqual(iteration, tf.constant(0L));
    return tf.math.mul(
        tf.dtypes.cast(later, TFloat32.class),
        tf.constant(config.get(Optimizer.EMA_MOMENTUM).floatValue()));
  }

  private Operand<TBool> now(long every) {
    Operand<TInt64> number = tf.math.add(iteration, tf.constant(1L));
    return tf.math.equal(tf.math.floorMod(number, tf.constant(every)), tf.constant(0L));
  }
}
