package kerava.layers.recurrent;

import java.util.ArrayList;
import java.util.List;
import kerava.config.Config;
import kerava.graph.Scope;
import kerava.layers.SeedArgument;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What dropout leaves of the inputs or the states of a cell, the same at all steps of a sample.
 *
 * @param scope of the cell
 * @param config holds the cell's seed
 */
record StepDropout(Scope scope, Config config) {
  /** Whether something is left out. */
  boolean is(double rate) {
    return scope.training() && rate > 0;
  }

  /**
   * Factors: 0 for what is left out, and more than 1 for the rest, so that the sum is expected to
   * stay.
   *
   * @param shape of what they are to be multiplied with, batch dimension first
   * @param count how many of them
   */
  List<Operand<TFloat32>> factors(double rate, Operand<TInt32> shape, int count) {
    Ops tf = scope.tf();
    List<Operand<TFloat32>> factors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Operand<TFloat32> random =
          tf.random.statelessRandomUniform(
              shape, scope.randomSeed(config.get(SeedArgument.SEED).orElse(0)), TFloat32.class);
      Operand<TFloat32> kept =
          tf.dtypes.cast(tf.math.greaterEqual(random, tf.constant((float) rate)), TFloat32.class);
      Operand<TFloat32> factor = tf.math.mul(kept, tf.constant((float) (1 / (1 - rate))));
      // Nothing is learned of it, and its size follows from the input.
      factors.add(tf.stopGradient(factor));
    }
    return factors;
  }
}
