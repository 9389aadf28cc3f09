package kerava.optimizers.step;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A loss that is multiplied by a constant, so that gradients of few bits do not become zero.
 *
 * @param tf where to add operations
 * @param factor the constant; empty for none
 */
record LossScale(Ops tf, Optional<Double> factor) {
  Operand<TFloat32> scaled(Operand<TFloat32> loss) {
    return factor
        .<Operand<TFloat32>>map(scale -> tf.math.mul(loss, tf.constant(scale.floatValue())))
        .orElse(loss);
  }

  /** The gradients of the loss itself, from those of the scaled one. */
  List<Gradient> unscaled(List<Gradient> gradients) {
    return factor
        .map(
            scale ->
                gradients.stream()
                    .map(each -> each.map(g -> tf.math.div(g, tf.constant(scale.floatValue()))))
                    .toList())
        .orElse(gradients);
  }
}
