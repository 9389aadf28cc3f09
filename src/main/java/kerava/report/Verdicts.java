package kerava.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import kerava.ClassScores;
import kerava.Labels;
import kerava.config.Visible;
import kerava.graph.Array;

/** Which class a model gave each test sample, how sure it was, and whether it was right. */
final class Verdicts {
  /** How far from 1 the sum of a row may be before it is no longer taken for probabilities. */
  private static final double SLACK = 1e-2;

  private final List<String> classNames;
  private final int[] truth;
  private final int[] predicted;
  private final double[] probability;

  private Verdicts(List<String> classNames, int[] truth, int count) {
    this.classNames = classNames;
    this.truth = truth;
    this.predicted = new int[count];
    this.probability = new double[count];
  }

  /**
   * Reads predictions and labels.
   *
   * @throws IllegalArgumentException if a label is not one of the classes
   */
  static Verdicts of(TestRun run) {
    Array predictions =
        run.predictions().shape().get(1) == 1
            ? ClassScores.of(run.predictions()).probabilities(run.predictions())
            : run.predictions();
    int count = (int) predictions.shape().get(0);
    int classes = (int) predictions.shape().get(1);
    float[] values = predictions.floats();
    Array labels = run.samples().labels(IntStream.range(0, count).toArray());
    Verdicts verdicts =
        new Verdicts(names(run.samples().classNames(), classes), truth(labels, classes), count);
    boolean logits =
        IntStream.range(0, count).anyMatch(row -> !isDistribution(values, row * classes, classes));
    for (int row = 0; row < count; row++) {
      int best = largest(values, row * classes, classes);
      verdicts.predicted[row] = best;
      verdicts.probability[row] =
          logits ? softmaxOfLargest(values, row * classes, classes) : values[row * classes + best];
    }
    return verdicts;
  }

  private static List<String> names(List<String> given, int classes) {
    return IntStream.range(0, classes)
        .mapToObj(
            number -> number < given.size() ? Visible.of(given.get(number)) : "class " + number)
        .toList();
  }

  private static int[] truth(Array labels, int classes) {
    if (labels.type() == Array.Type.INT32) {
      int[] numbers = Labels.onePerSample("TestRun", labels);
      for (int label : numbers) {
        if (label < 0 || label >= classes) {
          throw new IllegalArgumentException(
              "TestRun: expected labels from 0 to %d, as many as the model has outputs, got %d."
                  .formatted(classes - 1, label));
        }
      }
      return numbers;
    }
    if (labels.size() == labels.shape().get(0) && classes == 2) {
      float[] yes = labels.floats();
      return IntStream.range(0, yes.length).map(row -> Math.round(yes[row])).toArray();
    }
    if (labels.shape().numDimensions() != 2 || labels.shape().get(1) != classes) {
      throw new IllegalArgumentException(
          "TestRun: expected targets of shape (samples, %d), got %s.".formatted(classes, labels));
    }
    int count = (int) labels.shape().get(0);
    return IntStream.range(0, count)
        .map(row -> largest(labels.floats(), row * classes, classes))
        .toArray();
  }

  private static boolean isDistribution(float[] values, int from, int length) {
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      if (values[i] < 0 || values[i] > 1 + SLACK) {
        return false;
      }
      sum += values[i];
    }
    return Math.abs(sum - 1) <= SLACK;
  }

  static int largest(float[] values, int from, int length) {
    int best = 0;
    for (int i = 1; i < length; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }

  private static double softmaxOfLargest(float[] values, int from, int length) {
    double most = values[from + largest(values, from, length)];
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += Math.exp(values[i] - most);
    }
    return 1 / sum;
  }

  /** How many samples there are. */
  int count() {
    return predicted.length;
  }

  /** The names of the classes as they can be seen, made up where the data set has none. */
  List<String> classNames() {
    return classNames;
  }

  String truth(int sample) {
    return classNames.get(truth[sample]);
  }

  String predicted(int sample) {
    return classNames.get(predicted[sample]);
  }

  /** How sure the model was of what it said, from 0 to 1. */
  double probability(int sample) {
    return probability[sample];
  }

  boolean right(int sample) {
    return truth[sample] == predicted[sample];
  }

  /** How many samples were given the right class. */
  int rightCount() {
    return (int) IntStream.range(0, count()).filter(this::right).count();
  }

  /** The samples that the model was wrong about, the surest first. */
  int[] mistakes(int most) {
    return IntStream.range(0, count())
        .filter(sample -> !right(sample))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer sample) -> -probability[sample]))
        .limit(most)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** How many samples of each class (row) were given each class (column). */
  int[][] confusion() {
    int[][] counts = new int[classNames.size()][classNames.size()];
    for (int sample = 0; sample < count(); sample++) {
      counts[truth[sample]][predicted[sample]]++;
    }
    return counts;
  }

  /** How often each class was recognised, by class number. */
  List<ClassAccuracy> byClass() {
    int[][] counts = confusion();
    return IntStream.range(0, counts.length)
        .mapToObj(
            number ->
                new ClassAccuracy(
                    classNames.get(number),
                    counts[number][number],
                    IntStream.of(counts[number]).sum()))
        .toList();
  }
}
