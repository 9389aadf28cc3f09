package kerava.layers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The sizes of a spectrogram, and the order in which they stand.
 *
 * @param batch -1 where it is not known
 * @param frames over time; -1 where it is not known
 * @param channels of the sound
 * @param frequencies of each channel
 */
record SpectrogramShape(long batch, long frames, long channels, long frequencies) {
  /** The shape in an order of the channels, which stand apart from the frequencies or not. */
  Shape of(ChannelOrder order, boolean apart) {
    boolean last = order == ChannelOrder.CHANNELS_LAST;
    if (!apart) {
      long both = channels * frequencies;
      return last ? Shape.of(batch, frames, both) : Shape.of(batch, both, frames);
    }
    return last
        ? Shape.of(batch, frames, frequencies, channels)
        : Shape.of(batch, channels, frames, frequencies);
  }

  /** Brings (batch, channels, frames, frequencies) into that shape. */
  Operand<TFloat32> arranged(Ops tf, Operand<TFloat32> x, ChannelOrder order, boolean apart) {
    boolean last = order == ChannelOrder.CHANNELS_LAST;
    if (apart) {
      return last ? tf.linalg.transpose(x, tf.constant(new int[] {0, 2, 3, 1})) : x;
    }
    int[] axes = last ? new int[] {0, 2, 1, 3} : new int[] {0, 1, 3, 2};
    Operand<TInt32> over = DynamicShape.of(tf, x, 2);
    Operand<TInt32> both = tf.constant(Math.toIntExact(channels * frequencies));
    Operand<TInt32> all = tf.constant(-1);
    return tf.reshape(
        tf.linalg.transpose(x, tf.constant(axes)),
        tf.stack(last ? List.of(all, over, both) : List.of(all, both, over)));
  }
}
