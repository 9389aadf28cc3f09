package kerava.layers.recurrent;

import java.util.ArrayList;
import java.util.List;
import kerava.Inputs;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What a cell is given at each step.
 *
 * @param size how many samples the batch has, a scalar
 * @param step the input of one step, batch dimension first
 */
public record StepBatch(Operand<TInt32> size, Inputs step) {
  /** A shape as a vector, with the size of the batch in front. */
  Operand<TInt32> shape(Ops tf, Shape each) {
    List<Operand<TInt32>> sizes = new ArrayList<>(List.of(size));
    for (int i = 1; i < each.numDimensions(); i++) {
      sizes.add(tf.constant(Math.toIntExact(each.get(i))));
    }
    return tf.stack(sizes);
  }

  /** Zeros of a shape, with the size of the batch in front. */
  Operand<TFloat32> zeros(Ops tf, Shape each) {
    return tf.fill(shape(tf, each), tf.constant(0f));
  }
}
