package kerava;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model says of one image.
 *
 * @param classes all classes with their scores, the best first
 */
public record Prediction(List<ClassScore> classes) {
  /** Keeps the list as it is now. */
  public Prediction {
    classes = List.copyOf(classes);
  }

  /**
   * The prediction that some outputs are.
   *
   * @param scores one a class; or one alone, the probability of the second of two classes
   * @param names of the classes, in the order of the scores; {@code class 0}, {@code class 1}...
   *     where there are none
   */
  public static Prediction of(float[] scores, List<String> names) {
    float[] all = scores.length == 1 ? new float[] {1 - scores[0], scores[0]} : scores;
    return new Prediction(
        IntStream.range(0, all.length)
            .mapToObj(i -> new ClassScore(i < names.size() ? names.get(i) : "class " + i, all[i]))
            .sorted(Comparator.comparing(score -> -score.score()))
            .toList());
  }

  /** The class with the highest score. */
  public ClassScore best() {
    return classes.get(0);
  }

  /** The classes with the highest scores, at most so many. */
  public List<ClassScore> top(int count) {
    return classes.subList(0, Math.min(count, classes.size()));
  }
}
