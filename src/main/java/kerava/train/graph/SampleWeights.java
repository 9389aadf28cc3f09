package kerava.train.graph;

import java.util.Map;
import java.util.Optional;
import kerava.data.Dataset;
import kerava.graph.Array;

/**
 * The weights of samples in the loss, from weights by sample and by class.
 *
 * @param bySample one weight a sample of the data
 * @param byClass one weight a class number
 */
public record SampleWeights(Optional<float[]> bySample, Map<Integer, Double> byClass) {
  /**
   * The weights that a training asks for.
   *
   * @throws IllegalArgumentException if there is not one a sample of the data
   */
  public static SampleWeights of(
      Optional<float[]> bySample, Map<Integer, Double> byClass, Dataset data) {
    bySample.ifPresent(
        weights -> {
          if (weights.length != data.size()) {
            throw new IllegalArgumentException(
                "Fit sample weights: expected "
                    + data.size()
                    + ", one a sample, got "
                    + weights.length
                    + ".");
          }
        });
    return new SampleWeights(bySample, byClass);
  }

  /** Every weight is 1. */
  public static SampleWeights ones() {
    return new SampleWeights(Optional.empty(), Map.of());
  }

  /** The weights by sample; as in Keras, classes have none where a model is validated. */
  public SampleWeights validation() {
    return new SampleWeights(bySample, Map.of());
  }

  /** The weights of some samples, in their order. */
  public SampleWeights only(int[] samples) {
    return new SampleWeights(bySample.map(weights -> chosen(weights, samples)), byClass);
  }

  private static float[] chosen(float[] weights, int[] samples) {
    float[] some = new float[samples.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = weights[samples[i]];
    }
    return some;
  }

  /** Whether every weight is 1. */
  boolean none() {
    return bySample.isEmpty() && byClass.isEmpty();
  }

  /** The weights of a batch, of shape (batch). */
  public Array of(int[] samples, Array labels) {
    float[] weights = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      float own = bySample.isPresent() ? bySample.get()[samples[i]] : 1;
      weights[i] = own * (byClass.isEmpty() ? 1 : classWeight(labels, i));
    }
    return Array.of(weights, weights.length);
  }

  private float classWeight(Array labels, int index) {
    return byClass.getOrDefault(classOf(labels, index), 1.0).floatValue();
  }

  /** The class number, the largest target where labels are one-hot, or a single one, rounded. */
  private static int classOf(Array labels, int index) {
    if (labels.type() == Array.Type.INT32) {
      return labels.ints()[index];
    }
    int width = labels.size() / Math.toIntExact(labels.shape().get(0));
    if (width == 1) {
      return (int) Math.rint(labels.floats()[index]);
    }
    int best = 0;
    for (int i = 1; i < width; i++) {
      if (labels.floats()[index * width + i] > labels.floats()[index * width + best]) {
        best = i;
      }
    }
    return best;
  }
}
