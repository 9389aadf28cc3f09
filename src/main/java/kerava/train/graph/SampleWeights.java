package kerava.train.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kerava.data.Dataset;
import kerava.graph.Array;

/**
 * The weights of samples in losses, from weights by sample and by class.
 *
 * @param bySample one weight a sample of the data, by output; those under no name are for every
 *     output that has none of its own
 * @param byClass one weight a class number
 */
public record SampleWeights(Map<String, float[]> bySample, Map<Integer, Double> byClass) {
  /** The name of weights that are for every output. */
  public static final String EVERY = "";

  /**
   * The weights that a training asks for.
   *
   * @throws IllegalArgumentException if there is not one a sample of the data
   */
  public static SampleWeights of(
      Map<String, float[]> bySample, Map<Integer, Double> byClass, Dataset data) {
    for (float[] weights : bySample.values()) {
      if (weights.length != data.size()) {
        throw new IllegalArgumentException(
            "Fit sample weights: expected "
                + data.size()
                + ", one a sample, got "
                + weights.length
                + ".");
      }
    }
    return new SampleWeights(bySample, byClass);
  }

  /** Every weight is 1. */
  public static SampleWeights ones() {
    return new SampleWeights(Map.of(), Map.of());
  }

  /** The weights by sample; as in Keras, classes have none where a model is validated. */
  public SampleWeights validation() {
    return new SampleWeights(bySample, Map.of());
  }

  /** The weights of some samples, in their order. */
  public SampleWeights only(int[] samples) {
    Map<String, float[]> some = new HashMap<>();
    bySample.forEach((output, weights) -> some.put(output, chosen(weights, samples)));
    return new SampleWeights(some, byClass);
  }

  private static float[] chosen(float[] weights, int[] samples) {
    float[] some = new float[samples.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = weights[samples[i]];
    }
    return some;
  }

  private Optional<float[]> bySample(String output) {
    return Optional.ofNullable(bySample.getOrDefault(output, bySample.get(EVERY)));
  }

  /** Whether every weight for an output is 1. */
  boolean none(String output) {
    return bySample(output).isEmpty() && byClass.isEmpty();
  }

  /** The weights of a batch for an output with its labels, of shape (batch). */
  public Array of(String output, int[] samples, Array labels) {
    Optional<float[]> own = bySample(output);
    float[] weights = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      float given = own.isPresent() ? own.get()[samples[i]] : 1;
      weights[i] = given * (byClass.isEmpty() ? 1 : classWeight(labels, i));
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
