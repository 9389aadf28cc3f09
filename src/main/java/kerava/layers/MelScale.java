package kerava.layers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Sums frequencies up to pitches, each over a triangle that overlaps its neighbours' by half.
 *
 * @param pitches how many
 * @param frequencies how many
 * @param rate samples of the sound a second
 * @param least the pitch that the first triangle begins at, in hertz
 * @param most the pitch that the last triangle ends at, in hertz
 */
record MelScale(int pitches, int frequencies, float rate, float least, float most) {
  private static final float BREAK = 700;
  private static final float QUALITY = 1127;

  /** Adds the operations: (frames, frequencies) → (frames, pitches). */
  Operand<TFloat32> build(Ops tf, Operand<TFloat32> sizes) {
    return tf.linalg.matMul(sizes, weights(tf));
  }

  /** How much each frequency counts for each pitch; the lowest, a constant, counts for none. */
  private Operand<TFloat32> weights(Ops tf) {
    Operand<TFloat32> own = tf.expandDims(mel(tf, tf.constant(linear())), tf.constant(1));
    Operand<TFloat32> edges = edges(tf);
    Operand<TFloat32> lower = part(tf, edges, 0);
    Operand<TFloat32> middle = part(tf, edges, 1);
    Operand<TFloat32> upper = part(tf, edges, 2);
    Operand<TFloat32> rising = tf.math.div(tf.math.sub(own, lower), tf.math.sub(middle, lower));
    Operand<TFloat32> falling = tf.math.div(tf.math.sub(upper, own), tf.math.sub(upper, middle));
    Operand<TFloat32> triangles =
        tf.math.maximum(tf.constant(0f), tf.math.minimum(rising, falling));
    return tf.pad(triangles, tf.constant(new int[][] {{1, 0}, {0, 0}}), tf.constant(0f));
  }

  /** The frequencies in hertz but for the lowest. */
  private float[] linear() {
    float half = rate / 2;
    float step = half / (frequencies - 1);
    float[] all = new float[frequencies - 1];
    for (int i = 1; i < all.length; i++) {
      all[i - 1] = step * i;
    }
    all[all.length - 1] = half;
    return all;
  }

  /** Where triangles begin, have their top and end: (pitches + 2). */
  private Operand<TFloat32> edges(Ops tf) {
    Operand<TFloat32> first = mel(tf, tf.constant(new float[] {least}));
    Operand<TFloat32> last = mel(tf, tf.constant(new float[] {most}));
    Operand<TFloat32> step =
        tf.math.div(tf.math.sub(last, first), tf.constant((float) (pitches + 1)));
    float[] numbers = new float[pitches];
    for (int i = 0; i < pitches; i++) {
      numbers[i] = i + 1;
    }
    Operand<TFloat32> between = tf.math.add(first, tf.math.mul(step, tf.constant(numbers)));
    return tf.concat(List.of(first, between, last), tf.constant(0));
  }

  private Operand<TFloat32> part(Ops tf, Operand<TFloat32> edges, int begin) {
    Operand<TFloat32> part =
        tf.slice(edges, tf.constant(new int[] {begin}), tf.constant(new int[] {pitches}));
    return tf.expandDims(part, tf.constant(0));
  }

  // In the graph, so that the logarithm is TensorFlow's: its last bit shows in small triangles.
  private static Operand<TFloat32> mel(Ops tf, Operand<TFloat32> hertz) {
    Operand<TFloat32> ratio = tf.math.add(tf.constant(1f), tf.math.div(hertz, tf.constant(BREAK)));
    return tf.math.mul(tf.constant(QUALITY), tf.math.log(ratio));
  }
}
