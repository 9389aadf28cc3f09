package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.SwitchCond;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Changes images in one of several ways; the others are not computed, and no gradient passes. */
final class WayChosen {
  private WayChosen() {}

  /**
   * Adds the operations.
   *
   * @param number which way, from 0; a scalar
   * @param ways each gives images of the same shape
   */
  static Operand<TFloat32> of(
      Ops tf,
      Operand<TInt32> number,
      Operand<TFloat32> images,
      List<UnaryOperator<Operand<TFloat32>>> ways) {
    List<Operand<TFloat32>> ends = new ArrayList<>();
    for (int i = 0; i < ways.size(); i++) {
      SwitchCond<TFloat32> gate = tf.switchCond(images, tf.math.equal(number, tf.constant(i)));
      ends.add(tf.identity(ways.get(i).apply(gate.outputTrue())));
    }
    return tf.merge(ends).output();
  }
}
