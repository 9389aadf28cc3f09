package kerava.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import kerava.graph.Array;
import kerava.train.Evaluation;

/** The figures of a model of which only the outputs are known: class probabilities. */
final class Scores {
  private static final double EPSILON = 1e-7;

  private Scores() {}

  /**
   * Accuracy and cross-entropy.
   *
   * @param probabilities shape (samples, classes)
   * @param labels class numbers, shape (samples)
   */
  static Evaluation of(Array probabilities, Array labels) {
    int count = labels.size();
    int classes = probabilities.size() / count;
    double loss = 0;
    double hits = 0;
    for (int i = 0; i < count; i++) {
      int label = labels.ints()[i];
      double own = probabilities.floats()[i * classes + label];
      loss -= Math.log(Math.min(1 - EPSILON, Math.max(EPSILON, own)));
      hits += best(probabilities.floats(), i * classes, classes) == label ? 1 : 0;
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", hits / count);
    return new Evaluation(loss / count, metrics);
  }

  /** The mean of two answers to the same questions, number by number. */
  static Array mean(Array one, Array other) {
    float[] mean = one.floats().clone();
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (mean[i] + other.floats()[i]) / 2;
    }
    return Array.of(mean, one.shape().asArray());
  }

  private static int best(float[] values, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
