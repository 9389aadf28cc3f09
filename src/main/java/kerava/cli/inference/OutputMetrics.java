package kerava.cli.inference;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import kerava.ClassScores;
import kerava.graph.Array;
import kerava.train.Evaluation;

/** The metrics of a model of which only the outputs are known. */
public final class OutputMetrics {
  /** Where Keras cuts probabilities off before it takes their logarithm. */
  private static final double EPSILON = 1e-7;

  private final ClassScores kind;
  private final float[] outputs;
  private final int width;

  private OutputMetrics(ClassScores kind, Array outputs, int width) {
    this.kind = kind;
    this.outputs = outputs.floats();
    this.width = width;
  }

  /**
   * Accuracy and cross-entropy, as Keras computes them.
   *
   * @param kind what the outputs mean
   * @param outputs shape (samples, classes), or (samples, 1) for two classes
   * @param labels class numbers, shape (samples)
   * @throws IllegalArgumentException if a label is not one of the classes
   */
  public static Evaluation of(ClassScores kind, Array outputs, Array labels) {
    int count = labels.size();
    OutputMetrics scores = new OutputMetrics(kind, outputs, outputs.size() / count);
    double loss = 0;
    double hits = 0;
    for (int i = 0; i < count; i++) {
      int label = labels.ints()[i];
      scores.require(label);
      loss += scores.loss(i * scores.width, label);
      hits += scores.best(i * scores.width) == label ? 1 : 0;
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", hits / count);
    return new Evaluation(loss / count, metrics);
  }

  private void require(int label) {
    int classes = Math.max(2, width);
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "evaluate: expected images of at most %d classes, as many as the model tells apart, got one of class number %d."
              .formatted(classes, label));
    }
  }

  private double loss(int from, int label) {
    if (kind == ClassScores.LOGITS) {
      double[] logits =
          width == 1
              ? new double[] {0, outputs[from]}
              : IntStream.range(from, from + width).mapToDouble(i -> outputs[i]).toArray();
      return logOfSum(logits) - logits[label];
    }
    if (width == 1) {
      double one = cut(outputs[from]);
      return -Math.log(label == 1 ? one : 1 - one);
    }
    double sum = IntStream.range(from, from + width).mapToDouble(i -> cut(outputs[i])).sum();
    return -Math.log(cut(outputs[from + label]) / sum);
  }

  private static double logOfSum(double[] logits) {
    double most = Arrays.stream(logits).max().orElse(0);
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - most);
    }
    return most + Math.log(sum);
  }

  private static double cut(double probability) {
    return Math.min(1 - EPSILON, Math.max(EPSILON, probability));
  }

  private int best(int from) {
    if (width == 1) {
      return outputs[from] > (kind == ClassScores.LOGITS ? 0 : 0.5) ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < width; i++) {
      if (outputs[from + i] > outputs[from + best]) {
        best = i;
      }
    }
    return best;
  }

  /** The mean of two predictions of the same samples, number by number. */
  public static Array mean(Array one, Array other) {
    float[] mean = one.floats().clone();
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (mean[i] + other.floats()[i]) / 2;
    }
    return Array.of(mean, one.shape().asArray());
  }
}
