package kerava.constraints;

import java.util.List;
import kerava.config.Codec;
import kerava.config.Key;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;

/** The lengths of the vectors in a weight. */
final class Norms {
  /** Which axes a vector lies along: 0 for a dense kernel, 0, 1, 2 for a convolution's. */
  static final Key<List<Integer>> AXIS =
      Key.of("axis", Codec.oneOrMany(Codec.integer()), List.of(0));

  private static final float EPSILON = 1e-7f;

  private Norms() {}

  /** The lengths, with an axis of size 1 in the place of each that was summed over. */
  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> weight, List<Integer> axes) {
    int[] along = axes.stream().mapToInt(Integer::intValue).toArray();
    return tf.math.sqrt(tf.sum(tf.math.square(weight), tf.constant(along), Sum.keepDims(true)));
  }

  /** The weight with other lengths; a vector of zeros stays one. */
  static Operand<TFloat32> stretched(Ops tf, Operand<TFloat32> weight, Lengths lengths) {
    return tf.math.mul(
        weight, tf.math.div(lengths.wanted, tf.math.add(lengths.present, tf.constant(EPSILON))));
  }

  record Lengths(Operand<TFloat32> present, Operand<TFloat32> wanted) {}
}
