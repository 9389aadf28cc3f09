package kerava.layers;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import kerava.graph.Array;

/**
 * The mean and the variance of numbers at each place of their last axis.
 *
 * @param means one a place
 * @param variances one a place, without Bessel's correction
 */
record Moments(List<Double> means, List<Double> variances) {
  static Moments of(Array samples) {
    int rank = samples.shape().numDimensions();
    if (rank == 0 || samples.size() == 0) {
      throw new IllegalArgumentException(
          "Normalization: expected samples of shape (batch, ..., channels), got " + samples + ".");
    }
    int channels = Math.toIntExact(samples.shape().get(rank - 1));
    IntToDoubleFunction numbers = numbers(samples);
    double[] means = new double[channels];
    double[] variances = new double[channels];
    double count = (double) samples.size() / channels;
    for (int i = 0; i < samples.size(); i++) {
      means[i % channels] += numbers.applyAsDouble(i) / count;
    }
    for (int i = 0; i < samples.size(); i++) {
      double difference = numbers.applyAsDouble(i) - means[i % channels];
      variances[i % channels] += difference * difference / count;
    }
    return new Moments(
        Arrays.stream(means).boxed().toList(), Arrays.stream(variances).boxed().toList());
  }

  private static IntToDoubleFunction numbers(Array samples) {
    if (samples.type() == Array.Type.UINT8) {
      byte[] bytes = samples.bytes();
      return i -> Byte.toUnsignedInt(bytes[i]);
    }
    float[] floats = samples.floats();
    return i -> floats[i];
  }
}
