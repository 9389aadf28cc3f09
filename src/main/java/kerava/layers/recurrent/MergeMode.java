package kerava.layers.recurrent;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How the outputs of the two directions of a {@link Bidirectional} become one.
 *
 * @see <a href="https://keras.io/api/layers/recurrent_layers/bidirectional/">Keras:
 *     Bidirectional</a>
 */
public enum MergeMode {
  /** Beside each other. */
  CONCAT,
  /** Their sum. */
  SUM,
  /** Their product, number by number. */
  MUL,
  /** Their mean. */
  AVE;

  /** The shapes of what becomes of two outputs: of one, or of two that stay apart. */
  static List<Shape> shapes(Optional<MergeMode> mode, Shape one, Shape other) {
    if (mode.isEmpty()) {
      return List.of(one, other);
    }
    int last = one.numDimensions() - 1;
    return List.of(
        mode.get() == CONCAT ? one.take(last).append(one.get(last) + other.get(last)) : one);
  }

  /** What becomes of two outputs: one, or two that stay apart. */
  static List<Operand<TFloat32>> merged(
      Optional<MergeMode> mode, Ops tf, List<Operand<TFloat32>> both) {
    return mode.map(how -> List.of(how.merged(tf, both))).orElse(both);
  }

  private Operand<TFloat32> merged(Ops tf, List<Operand<TFloat32>> both) {
    return switch (this) {
      case CONCAT -> tf.concat(both, tf.constant(-1));
      case SUM -> tf.math.add(both.get(0), both.get(1));
      case MUL -> tf.math.mul(both.get(0), both.get(1));
      case AVE -> tf.math.mul(tf.math.add(both.get(0), both.get(1)), tf.constant(0.5f));
    };
  }
}
