package kerava.layers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Cuts sound into frames that overlap; what lies beyond its ends is its mirror image.
 *
 * @param tf adds operations
 * @param sound (batch, samples)
 * @param length of a frame, in samples
 * @param stride from one frame to the next, in samples
 */
record SoundFrames(Ops tf, Operand<TFloat32> sound, int length, int stride) {
  private Operand<TInt32> mirrored() {
    return tf.math.add(DynamicShape.of(tf, sound, 1), tf.constant(2 * (length / 2)));
  }

  /** How many frames there are: a scalar. */
  Operand<TInt32> count() {
    Operand<TInt32> rest = tf.math.sub(mirrored(), tf.constant(length));
    return tf.math.add(tf.math.div(rest, tf.constant(stride)), tf.constant(1));
  }

  /** The frames of the whole batch, one after the other: (batch · frames, length). */
  Operand<TFloat32> rows() {
    int edge = length / 2;
    Operand<TFloat32> whole =
        tf.mirrorPad(sound, tf.constant(new int[][] {{0, 0}, {edge, edge}}), "REFLECT");
    // Frames are made of pieces that all begin at a multiple of the same number of samples, because
    // pieces are copied much faster than samples.
    int piece = divisor(length, stride);
    Operand<TInt32> pieces = tf.math.div(mirrored(), tf.constant(piece));
    Operand<TFloat32> used =
        tf.slice(
            whole,
            tf.constant(new int[] {0, 0}),
            tf.stack(List.of(tf.constant(-1), tf.math.mul(pieces, tf.constant(piece)))));
    Operand<TFloat32> cut =
        tf.reshape(used, tf.stack(List.of(tf.constant(-1), pieces, tf.constant(piece))));
    Operand<TInt32> first = tf.math.mul(upTo(count()), tf.constant(stride / piece));
    Operand<TInt32> places =
        tf.math.add(
            tf.expandDims(first, tf.constant(1)),
            tf.expandDims(upTo(tf.constant(length / piece)), tf.constant(0)));
    return tf.reshape(tf.gather(cut, places, tf.constant(1)), tf.constant(new int[] {-1, length}));
  }

  private Operand<TInt32> upTo(Operand<TInt32> end) {
    return tf.range(tf.constant(0), end, tf.constant(1));
  }

  private static int divisor(int a, int b) {
    return b == 0 ? a : divisor(b, a % b);
  }
}
