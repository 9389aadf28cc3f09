package kerava.train.callbacks;

import java.util.ArrayList;
import java.util.List;

/** How numbers are spread over intervals of equal width, as TensorBoard's histograms have it. */
final class Histogram {
  private static final int BUCKETS = 30;

  private Histogram() {}

  /** The intervals, each with its ends and its count; numbers that are none are left out. */
  static List<double[]> of(float[] values) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    long finite = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
        finite++;
      }
    }
    if (finite == 0 || least == most) {
      double only = finite == 0 ? 0 : least;
      return single(only, finite);
    }
    return spread(values, least, most);
  }

  // As TensorBoard does it: all in the last one.
  private static List<double[]> single(double value, long count) {
    List<double[]> buckets = new ArrayList<>();
    for (int i = 0; i < BUCKETS; i++) {
      buckets.add(new double[] {value, value, i == BUCKETS - 1 ? count : 0});
    }
    return buckets;
  }

  private static List<double[]> spread(float[] values, double least, double most) {
    long[] counts = new long[BUCKETS];
    double width = (most - least) / BUCKETS;
    for (float value : values) {
      if (Float.isFinite(value)) {
        counts[Math.min(BUCKETS - 1, (int) ((value - least) / width))]++;
      }
    }
    List<double[]> buckets = new ArrayList<>();
    for (int i = 0; i < BUCKETS; i++) {
      double end = i == BUCKETS - 1 ? most : least + (i + 1) * width;
      buckets.add(new double[] {least + i * width, end, counts[i]});
    }
    return buckets;
  }
}
