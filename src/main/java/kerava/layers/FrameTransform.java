package kerava.layers;

import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Transforms frames of sound by convolutions.
 *
 * @param tf adds operations
 * @param sound (batch, channels, samples)
 * @param step from one frame to the next, in samples
 * @param padding whether frames may begin before the sound and end behind it
 */
record FrameTransform(Ops tf, Operand<TFloat32> sound, int step, Padding padding) {
  private static final float EPSILON = 1e-7f;

  /**
   * What a mode gives: (batch, channels, frames, frequencies).
   *
   * @param weights the kernels by their names, each (samples of a frame, 1, frequencies)
   */
  Operand<TFloat32> of(STFTSpectrogram.Mode mode, Function<String, Operand<TFloat32>> weights) {
    Function<String, Operand<TFloat32>> part = name -> convolved(weights.apply(name));
    return switch (mode) {
      case REAL -> part.apply("real_kernel");
      case IMAG -> part.apply("imag_kernel");
      case LOG, MAGNITUDE, PSD, ANGLE, STFT ->
          both(mode, part.apply("real_kernel"), part.apply("imag_kernel"));
    };
  }

  private Operand<TFloat32> both(
      STFTSpectrogram.Mode mode, Operand<TFloat32> real, Operand<TFloat32> imaginary) {
    if (mode == STFTSpectrogram.Mode.ANGLE) {
      return tf.math.atan2(imaginary, real);
    }
    if (mode == STFTSpectrogram.Mode.STFT) {
      return tf.concat(List.of(real, imaginary), tf.constant(3));
    }
    Operand<TFloat32> power = tf.math.add(tf.math.square(real), tf.math.square(imaginary));
    if (mode == STFTSpectrogram.Mode.PSD) {
      return tf.math.add(power, inner(power));
    }
    Operand<TFloat32> size = tf.math.sqrt(atLeast(power));
    return mode == STFTSpectrogram.Mode.LOG ? tf.math.log(atLeast(size)) : size;
  }

  private Operand<TFloat32> atLeast(Operand<TFloat32> x) {
    return tf.math.maximum(x, tf.constant(EPSILON));
  }

  /** The same with 0 for the least and the greatest frequency. */
  private Operand<TFloat32> inner(Operand<TFloat32> power) {
    int frequencies = Math.toIntExact(power.shape().get(3));
    int most = Math.max(0, frequencies - 2);
    Operand<TFloat32> cut =
        tf.slice(
            power,
            tf.constant(new int[] {0, 0, 0, Math.min(1, frequencies)}),
            tf.constant(new int[] {-1, -1, -1, most}));
    return tf.pad(cut, tf.constant(new int[][] {{0, 0}, {0, 0}, {0, 0}, {1, 1}}), tf.constant(0f));
  }

  private Operand<TFloat32> convolved(Operand<TFloat32> kernel) {
    Shape shape = kernel.shape();
    Operand<TInt32> one = tf.constant(1);
    Operand<TInt32> all = tf.constant(-1);
    Operand<TFloat32> rows =
        tf.reshape(sound, tf.stack(List.of(all, one, DynamicShape.of(tf, sound, 2), one)));
    Operand<TFloat32> filters =
        tf.reshape(kernel, tf.constant(new long[] {1, shape.get(0), 1, shape.get(2)}));
    Operand<TFloat32> frames =
        tf.nn.conv2d(rows, filters, List.of(1L, 1L, (long) step, 1L), padding.name());
    return tf.reshape(
        frames,
        tf.stack(
            List.of(
                all,
                DynamicShape.of(tf, sound, 1),
                DynamicShape.of(tf, frames, 2),
                tf.constant(Math.toIntExact(shape.get(2))))));
  }
}
