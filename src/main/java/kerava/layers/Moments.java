package kerava.layers;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import kerava.graph.Array;

/** The mean and the variance of numbers at each place along some axes, over batches of them. */
final class Moments {
  private final List<Integer> axes;
  private double[] means = new double[0];
  private double[] squares = new double[0];
  private double count;

  /**
   * Begins with no numbers.
   *
   * @param axes along which places lie, the batch dimension first; none for one place
   */
  Moments(List<Integer> axes) {
    this.axes = axes;
  }

  /** Adds a batch of the same sizes along the axes. */
  void add(Array batch) {
    int rank = batch.shape().numDimensions();
    if (rank == 0 || batch.size() == 0) {
      throw new IllegalArgumentException(
          "Normalization: expected samples of shape (batch, ..., channels), got " + batch + ".");
    }
    int[] places = places(batch);
    int size = Arrays.stream(places).max().orElse(0) + 1;
    if (count == 0) {
      means = new double[size];
      squares = new double[size];
    }
    if (size != means.length) {
      throw new IllegalArgumentException(
          "Normalization: expected %d numbers along the axes %s, as before, got %d in %s."
              .formatted(means.length, axes, size, batch));
    }
    merge(numbers(batch), places);
  }

  private void merge(IntToDoubleFunction numbers, int... places) {
    double more = (double) places.length / means.length;
    double[] own = new double[means.length];
    for (int i = 0; i < places.length; i++) {
      own[places[i]] += numbers.applyAsDouble(i) / more;
    }
    for (int i = 0; i < places.length; i++) {
      double difference = numbers.applyAsDouble(i) - own[places[i]];
      squares[places[i]] += difference * difference;
    }
    for (int place = 0; place < own.length; place++) {
      double apart = own[place] - means[place];
      squares[place] += apart * apart * count * more / (count + more);
      means[place] += apart * more / (count + more);
    }
    count += more;
  }

  /** At which place each number of a batch is. */
  private int[] places(Array batch) {
    long[] shape = batch.shape().asArray();
    int[] places = new int[batch.size()];
    int inner = 1;
    int width = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      int size = (int) shape[axis];
      if (isKept(axis, shape.length)) {
        for (int i = 0; i < places.length; i++) {
          places[i] += i / inner % size * width;
        }
        width *= size;
      }
      inner *= size;
    }
    return places;
  }

  private boolean isKept(int axis, int rank) {
    return axes.stream().anyMatch(each -> Math.floorMod(each, rank) == axis);
  }

  /** One a place, row by row. */
  List<Double> means() {
    return Arrays.stream(means).boxed().toList();
  }

  /** One a place, row by row, without Bessel's correction. */
  List<Double> variances() {
    return Arrays.stream(squares).map(sum -> sum / count).boxed().toList();
  }

  private static IntToDoubleFunction numbers(Array samples) {
    if (samples.type() == Array.Type.UINT8) {
      byte[] bytes = samples.bytes();
      return i -> Byte.toUnsignedInt(bytes[i]);
    }
    float[] floats = samples.to(Array.Type.FLOAT32).floats();
    return i -> floats[i];
  }
}
