package kerava.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kerava.Inputs;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Sequences and volumes made larger by giving each step or voxel several times. */
final class Repetition {
  private Repetition() {}

  /** The shape with each axis between batch and channels so many times as long. */
  static Shape outputShape(Inputs inputs, Size times) {
    long[] sizes = inputs.spatial(times.axes()).asArray();
    for (int axis = 0; axis < times.axes(); axis++) {
      sizes[axis + 1] = longer(sizes[axis + 1], times.along(axis));
    }
    return Shape.of(sizes);
  }

  private static long longer(long size, int times) {
    return size == Shape.UNKNOWN_SIZE ? size : Math.multiplyExact(size, times);
  }

  /** Repeats along each axis between batch and channels. */
  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> x, Size times) {
    Operand<TFloat32> longer = x;
    for (int axis = 0; axis < times.axes(); axis++) {
      if (times.along(axis) > 1) {
        longer = along(tf, longer, axis + 1, times.along(axis));
      }
    }
    return longer;
  }

  private static Operand<TFloat32> along(Ops tf, Operand<TFloat32> x, int axis, int times) {
    int rank = x.shape().numDimensions();
    int[] tiles = new int[rank + 1];
    Arrays.fill(tiles, 1);
    tiles[axis + 1] = times;
    Operand<TFloat32> tiled = tf.tile(tf.expandDims(x, tf.constant(axis + 1)), tf.constant(tiles));
    List<Operand<TInt32>> sizes = new ArrayList<>();
    long[] known = x.shape().asArray();
    known[axis] = longer(known[axis], times);
    if (Arrays.stream(known).filter(size -> size < 0).count() <= 1) {
      return DynamicShape.reshape(tf, tiled, Shape.of(known));
    }
    for (int i = 0; i < rank; i++) {
      Operand<TInt32> size = DynamicShape.of(tf, x, i);
      sizes.add(i == axis ? tf.math.mul(size, tf.constant(times)) : size);
    }
    return tf.reshape(tiled, tf.stack(sizes));
  }
}
