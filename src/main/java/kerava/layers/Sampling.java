package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Takes pixels of images at places between and beyond them, as Keras' {@code map_coordinates} does
 * on TensorFlow.
 *
 * @param tf adds operations
 * @param images (batch, height, width, channels) of a known height and width
 * @param mode what stands beyond the edges
 * @param fill the number for {@link FillMode#CONSTANT}
 */
record Sampling(Ops tf, Operand<TFloat32> images, FillMode mode, float fill) {
  /** A pixel on one side of a place, along one axis, and how much it counts: (batch, h, w) each. */
  private record Neighbour(Operand<TInt32> index, Operand<TFloat32> weight) {}

  /** The pixels that are nearest to rows and columns: (batch, h, w) → (batch, h, w, channels). */
  Operand<TFloat32> nearest(Operand<TFloat32> rows, Operand<TFloat32> columns) {
    return pixels(
        tf.dtypes.cast(tf.math.round(rows), TInt32.class),
        tf.dtypes.cast(tf.math.round(columns), TInt32.class));
  }

  /** The means of four pixels by their nearness: (batch, h, w) → (batch, h, w, channels). */
  Operand<TFloat32> bilinear(Operand<TFloat32> rows, Operand<TFloat32> columns) {
    List<Operand<TFloat32>> parts = new ArrayList<>();
    for (Neighbour row : neighbours(rows)) {
      for (Neighbour column : neighbours(columns)) {
        Operand<TFloat32> weight = tf.math.mul(row.weight, column.weight);
        parts.add(
            tf.math.mul(tf.expandDims(weight, tf.constant(3)), pixels(row.index, column.index)));
      }
    }
    return parts.stream().reduce(tf.math::add).orElseThrow();
  }

  private List<Neighbour> neighbours(Operand<TFloat32> places) {
    Operand<TFloat32> lower = tf.math.floor(places);
    Operand<TFloat32> share = tf.math.sub(places, lower);
    Operand<TInt32> index = tf.dtypes.cast(lower, TInt32.class);
    return List.of(
        new Neighbour(index, tf.math.sub(tf.constant(1f), share)),
        new Neighbour(tf.math.add(index, tf.constant(1)), share));
  }

  private Operand<TFloat32> pixels(Operand<TInt32> rows, Operand<TInt32> columns) {
    int height = Math.toIntExact(images.shape().get(1));
    int width = Math.toIntExact(images.shape().get(2));
    Operand<TInt32> image =
        tf.math.add(
            tf.reshape(
                tf.range(tf.constant(0), DynamicShape.of(tf, images, 0), tf.constant(1)),
                tf.constant(new int[] {-1, 1, 1})),
            tf.zerosLike(rows));
    Operand<TFloat32> taken =
        tf.gatherNd(
            images,
            tf.stack(List.of(image, inside(rows, height), inside(columns, width)), Stack.axis(3L)));
    if (mode != FillMode.CONSTANT) {
      return taken;
    }
    Operand<TBool> there = tf.math.logicalAnd(isInside(rows, height), isInside(columns, width));
    return tf.select(tf.expandDims(there, tf.constant(3)), taken, tf.constant(fill));
  }

  private Operand<TBool> isInside(Operand<TInt32> index, int size) {
    return tf.math.logicalAnd(
        tf.math.greaterEqual(index, tf.constant(0)), tf.math.less(index, tf.constant(size)));
  }

  /** Numbers of rows or columns that the images have. */
  private Operand<TInt32> inside(Operand<TInt32> index, int size) {
    return switch (mode) {
      case CONSTANT, NEAREST -> tf.clipByValue(index, tf.constant(0), tf.constant(size - 1));
      case WRAP -> tf.math.floorMod(index, tf.constant(size));
      case REFLECT -> reflected(index, size);
    };
  }

  // Keras mirrors at the first pixel, which does not come twice, and behind the last one, which
  // does.
  private Operand<TInt32> reflected(Operand<TInt32> index, int size) {
    Operand<TInt32> round = tf.math.floorMod(tf.math.abs(index), tf.constant(2 * size));
    return tf.select(
        tf.math.less(round, tf.constant(size)),
        round,
        tf.math.sub(tf.constant(2 * size - 1), round));
  }
}
