package kerava.layers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How much of each frequency frames of sound hold: (frames, samples) → (frames, frequencies). */
final class FrequencySizes {
  private FrequencySizes() {}

  /**
   * By TensorFlow's fast transform, which has no gradient in TensorFlow Java.
   *
   * @param length of a frame, in samples
   */
  static Operand<TFloat32> fast(Ops tf, Operand<TFloat32> frames, int length) {
    Operand<?> transformed =
        tf.scope()
            .opBuilder("RFFT", "RFFT")
            .addInput(frames.asOutput())
            .addInput(tf.constant(new int[] {length}).asOutput())
            .build()
            .output(0);
    return tf.math.complexAbs(transformed);
  }

  /**
   * By two products of matrices, which have gradients.
   *
   * @param length of a frame, in samples
   */
  static Operand<TFloat32> differentiable(Ops tf, Operand<TFloat32> frames, int length) {
    Operand<TFloat32> real = tf.linalg.matMul(frames, waves(tf, length, 0));
    Operand<TFloat32> imaginary = tf.linalg.matMul(frames, waves(tf, length, 0.25));
    return tf.math.sqrt(tf.math.add(tf.math.square(real), tf.math.square(imaginary)));
  }

  /** The waves of all frequencies, one a column, moved by a part of their length. */
  private static Operand<TFloat32> waves(Ops tf, int length, double moved) {
    int frequencies = length / 2 + 1;
    float[] numbers = new float[length * frequencies];
    for (int i = 0; i < numbers.length; i++) {
      long turn = (long) (i / frequencies) * (i % frequencies) % length;
      numbers[i] = (float) Math.cos(2 * Math.PI * ((double) turn / length + moved));
    }
    return tf.reshape(tf.constant(numbers), tf.constant(new int[] {length, frequencies}));
  }

  /** Whether numbers follow from weights, so that training may ask for their gradient. */
  static boolean haveWeights(Operand<?> numbers) {
    Deque<GraphOperation> waiting = new ArrayDeque<>();
    Set<String> seen = new HashSet<>();
    waiting.add((GraphOperation) numbers.op());
    while (!waiting.isEmpty()) {
      GraphOperation operation = waiting.remove();
      if (operation.type().equals("VarHandleOp")) {
        return true;
      }
      for (Operand<?> input : operation.inputs()) {
        if (seen.add(input.op().name())) {
          waiting.add((GraphOperation) input.op());
        }
      }
    }
    return false;
  }
}
