package kerava.layers;

import java.util.function.UnaryOperator;
import kerava.graph.Probabilities;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.family.TFloating;

/** Sequences as images of one row: TensorFlow's kernels slide over images and volumes. */
final class OneRow {
  private static final int SEQUENCE_RANK = 3;

  private OneRow() {}

  /** Computes over sequences what is said for images; images and volumes stay as they are. */
  static <T extends TFloating> Operand<T> around(
      Ops tf, Operand<T> x, UnaryOperator<Operand<T>> computation) {
    return x.shape().numDimensions() == SEQUENCE_RANK
        ? Probabilities.moved(
            tf,
            computation.apply(image(tf, x)),
            row -> tf.squeeze(row, Squeeze.axis(java.util.List.of(1L))))
        : computation.apply(x);
  }

  /** (batch, steps, channels) → (batch, 1, steps, channels). */
  private static <T extends TFloating> Operand<T> image(Ops tf, Operand<T> x) {
    // What was an image before goes on as it was, so that TensorFlow sees the layers' operations
    // next to each other and may compute them in one.
    if (x.op() instanceof GraphOperation squeeze && squeeze.type().equals("Squeeze")) {
      Operand<T> before = squeeze.input(0).expect(x.type());
      if (isRow(before.shape(), x.shape())) {
        return before;
      }
    }
    return tf.expandDims(x, tf.constant(1));
  }

  private static boolean isRow(Shape image, Shape sequence) {
    return image.numDimensions() == SEQUENCE_RANK + 1
        && image.get(1) == 1
        && image.get(2) == sequence.get(1)
        && image.get(3) == sequence.get(2);
  }

  /** (size, inputs, outputs) → (1, size, inputs, outputs); kernels of images and volumes stay. */
  static <T extends TFloating> Operand<T> kernel(Ops tf, Operand<T> kernel) {
    return kernel.shape().numDimensions() == SEQUENCE_RANK
        ? tf.expandDims(kernel, tf.constant(0))
        : kernel;
  }
}
