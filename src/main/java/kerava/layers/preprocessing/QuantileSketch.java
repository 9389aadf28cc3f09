package kerava.layers.preprocessing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A summary of numbers by which their quantiles are found, as Keras computes it: in float32, with
 * NumPy's interpolation.
 */
final class QuantileSketch {
  /** Some of the numbers, in ascending order. */
  private final float[] values;

  /** How many numbers each stands for. */
  private final float[] weights;

  private QuantileSketch(float[] values, float[] weights) {
    this.values = values;
    this.weights = weights;
  }

  static QuantileSketch empty() {
    return new QuantileSketch(new float[0], new float[0]);
  }

  /**
   * The summary of some numbers.
   *
   * @param epsilon the share of the numbers to which it is exact
   */
  static QuantileSketch of(float[] numbers, double epsilon) {
    float[] sorted = numbers.clone();
    Arrays.sort(sorted);
    double step = Math.max(sorted.length / (1.0 / epsilon), 1);
    int stride = (int) step;
    int first = (int) (step - 1);
    int count = first >= sorted.length ? 0 : (sorted.length - first + stride - 1) / stride;
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = sorted[first + i * stride];
    }
    float[] weights = new float[count];
    Arrays.fill(weights, (float) step);
    return new QuantileSketch(values, weights);
  }

  /** The summary of these numbers and those of another. */
  QuantileSketch merged(QuantileSketch other, double epsilon) {
    int count = values.length + other.values.length;
    float[] allValues = Arrays.copyOf(values, count);
    float[] allWeights = Arrays.copyOf(weights, count);
    System.arraycopy(other.values, 0, allValues, values.length, other.values.length);
    System.arraycopy(other.weights, 0, allWeights, values.length, other.weights.length);
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> allValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    float[] sortedValues = new float[count];
    float[] sortedWeights = new float[count];
    for (int i = 0; i < count; i++) {
      sortedValues[i] = allValues[order[i]];
      sortedWeights[i] = allWeights[order[i]];
    }
    return new QuantileSketch(sortedValues, sortedWeights).compressed(epsilon);
  }

  /** The boundaries between so many bins. */
  double[] boundaries(int bins) {
    float[] found = compressed(1.0 / bins).values;
    double[] boundaries = new double[Math.max(0, found.length - 1)];
    for (int i = 0; i < boundaries.length; i++) {
      boundaries[i] = found[i];
    }
    return boundaries;
  }

  private QuantileSketch compressed(double epsilon) {
    if (!(values.length * epsilon >= 1)) {
      return this;
    }
    int count = (int) Math.ceil(1.0 / epsilon);
    float[] sums = new float[weights.length];
    float sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += weights[i];
      sums[i] = sum;
    }
    float[] shares = new float[sums.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = sums[i] / sum;
    }
    float[] newValues = new float[count];
    float[] newWeights = new float[count];
    double before = 0;
    for (int i = 0; i < count; i++) {
      double share = epsilon + i * epsilon;
      double reached = interpolated(share, shares, sums);
      newValues[i] = (float) interpolated(share, shares, values);
      newWeights[i] = (float) (reached - before);
      before = reached;
    }
    return new QuantileSketch(newValues, newWeights);
  }

  /** What NumPy's {@code interp} gives. */
  private static double interpolated(double x, float[] xs, float[] ys) {
    int last = xs.length - 1;
    if (x >= xs[last]) {
      return ys[last];
    }
    if (x < xs[0]) {
      return ys[0];
    }
    int low = 0;
    int high = last;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (x >= xs[middle]) {
        low = middle;
      } else {
        high = middle;
      }
    }
    if (x == xs[low]) {
      return ys[low];
    }
    double slope = ((double) ys[low + 1] - ys[low]) / ((double) xs[low + 1] - xs[low]);
    return slope * (x - xs[low]) + ys[low];
  }
}
