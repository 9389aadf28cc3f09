package kerava.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kerava.Inputs;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Poolings over as many windows as are asked for, whose sizes follow from the input's. */
final class AdaptivePooling {
  private AdaptivePooling() {}

  /** One of the poolings over windows of one size. */
  @FunctionalInterface
  private interface Pool {
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> x, Window window);
  }

  /** As many places as there are windows. */
  static Shape outputShape(Inputs inputs, Size windows) {
    long[] sizes = inputs.spatial(windows.axes()).asArray();
    for (int axis = 0; axis < windows.axes(); axis++) {
      if (sizes[axis + 1] == Shape.UNKNOWN_SIZE) {
        throw inputs.refuse(
            "known sizes between batch and channels", "The windows follow from them.");
      }
      sizes[axis + 1] = windows.along(axis);
    }
    return Shape.of(sizes);
  }

  /** The largest number in each window. */
  static Operand<TFloat32> max(Ops tf, Operand<TFloat32> x, Size windows) {
    return alongAll(tf, x, windows, (ops, image, window) -> Pooling.max(ops, image, window, false));
  }

  /** The mean of each window. */
  static Operand<TFloat32> average(Ops tf, Operand<TFloat32> x, Size windows) {
    return alongAll(tf, x, windows, Pooling::average);
  }

  /** One axis after another, as Keras does it: where largest numbers are equal, it shows. */
  private static Operand<TFloat32> alongAll(Ops tf, Operand<TFloat32> x, Size windows, Pool pool) {
    return OneRow.around(
        tf,
        x,
        image -> {
          int axes = image.shape().numDimensions() - 2;
          Operand<TFloat32> pooled = image;
          for (int i = 0; i < windows.axes(); i++) {
            int axis = axes - windows.axes() + i;
            int size = Math.toIntExact(image.shape().get(axis + 1));
            pooled = new Axis(axes, axis, size).pooled(tf, pooled, windows.along(i), pool);
          }
          return pooled;
        });
  }

  /**
   * One axis of an image or a volume.
   *
   * @param axes how many there are
   * @param axis 0 for the first one behind the batch
   * @param size how long it is
   */
  private record Axis(int axes, int axis, int size) {
    /**
     * Window i begins at the whole part of i · size / windows, and ends before the next or on it.
     */
    Operand<TFloat32> pooled(Ops tf, Operand<TFloat32> x, int windows, Pool pool) {
      int[] starts = IntStream.range(0, windows).map(i -> start(i, windows)).toArray();
      int[] lengths = IntStream.range(0, windows).map(i -> end(i, windows) - starts[i]).toArray();
      if (isRegular(starts) && IntStream.of(lengths).distinct().count() == 1) {
        int step = windows == 1 ? 1 : starts[1];
        return pool.of(tf, x, window(lengths[0], Math.max(step, 1)));
      }
      return chosen(tf, x, starts, lengths, pool);
    }

    private int start(int i, int windows) {
      return Math.toIntExact((long) i * size / windows);
    }

    private int end(int i, int windows) {
      return Math.toIntExact(((i + 1L) * size + windows - 1) / windows);
    }

    private static boolean isRegular(int... starts) {
      return IntStream.range(1, starts.length)
          .allMatch(i -> starts[i] > 0 && starts[i] == i * starts[1]);
    }

    /** Windows of each length everywhere, and of these those that are wanted. */
    private Operand<TFloat32> chosen(
        Ops tf, Operand<TFloat32> x, int[] starts, int[] lengths, Pool pool) {
      int[] all = IntStream.of(lengths).sorted().distinct().toArray();
      List<Operand<TFloat32>> pooled = new ArrayList<>();
      IntStream.of(all).forEach(length -> pooled.add(pool.of(tf, x, window(length, 1))));
      int[] wanted =
          IntStream.range(0, starts.length)
              .map(i -> starts[i] + placesBefore(lengths[i], all))
              .toArray();
      Operand<TFloat32> places =
          pooled.size() == 1 ? pooled.get(0) : tf.concat(pooled, tf.constant(axis + 1));
      return tf.gather(places, tf.constant(wanted), tf.constant(axis + 1));
    }

    /** How many places shorter windows have. */
    private int placesBefore(int length, int... all) {
      return IntStream.of(all).filter(each -> each < length).map(each -> size - each + 1).sum();
    }

    private Window window(int length, int step) {
      return new Window(along(length), along(1), along(step), Padding.VALID);
    }

    private Size along(int number) {
      Sizes<? extends Size> sizes = axes == 2 ? Sizes.TWO : Sizes.THREE;
      return sizes.maker().apply(i -> i == axis ? number : 1);
    }
  }
}
