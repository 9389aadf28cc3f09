package kerava.metrics;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import kerava.Labels;
import kerava.Metric;
import kerava.MetricBatch;
import kerava.MetricState;
import kerava.MetricSums;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.SnakeCase;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What the metrics of intersection over union have in common: a matrix of which class is taken for
 * which, and the mean of what classes have in common with their predictions.
 *
 * @param <M> the class of the metric
 */
interface IoUMetric<M extends Metric> extends HigherIsBetter {
  /** The key of the number type: of whole numbers, which cut weights, by default. */
  Key<String> DTYPE =
      Key.of(
          "dtype",
          Codec.text()
              .where("one of int32, int64, float32", Set.of("int32", "int64", "float32")::contains),
          "int64");

  /** A schema of such a metric. */
  static <M extends Metric> Schema<M> schema(
      String className, Function<Config, M> constructor, Key<?>... keys) {
    Key<String> name = Key.of("name", Codec.text(), SnakeCase.of(className));
    return Schema.of("keras.metrics", className, constructor, keys).withFirst(List.of(name, DTYPE));
  }

  @Override
  Schema<M> schema();

  /** The same that counts weights that are no whole numbers as they are, and does not cut them. */
  default M fractions() {
    return schema().create(config().with(DTYPE, "float32"));
  }

  /** How many classes there are. */
  int numClasses();

  /** The classes whose mean is meant; all by default. */
  default List<Integer> targetClasses() {
    return IntStream.range(0, numClasses()).boxed().toList();
  }

  /** A class whose labels are left out. */
  default Optional<Integer> ignored() {
    return Optional.empty();
  }

  /** Whether labels are class numbers, and not scores or one-hot vectors along the last axis. */
  boolean sparseLabels();

  /** Whether predictions are class numbers, and not scores along the last axis. */
  boolean sparsePredictions();

  /** The class numbers that predictions are. */
  default Operand<TFloat32> classes(Ops tf, Operand<TFloat32> predictions) {
    return sparsePredictions() ? predictions : highest(tf, predictions);
  }

  private static Operand<TFloat32> highest(Ops tf, Operand<TFloat32> scores) {
    Operand<TInt32> classes = CategoricalMatches.classes(tf, scores);
    return tf.dtypes.cast(classes, TFloat32.class);
  }

  @Override
  default Set<Labels.Kind> labels() {
    return Set.of(Labels.Kind.values());
  }

  @Override
  default Metric resolve(Labels.Kind kind, Shape output) {
    HigherIsBetter.super.resolve(kind, output);
    int rank = output.numDimensions();
    Shape scored = output.subShape(0, Math.max(1, rank - 1));
    boolean classes = kind == Labels.Kind.CLASSES;
    Shape labels = classes || !sparseLabels() ? scored : output;
    Shape predictions = sparsePredictions() ? output : scored;
    if (classes && !sparseLabels()) {
      throw refused("targets", "class numbers", "sparse_y_true says what labels are.");
    }
    if (ConfusionMatrix.places(labels) != ConfusionMatrix.places(predictions)) {
      throw refused(
          "as many classes in labels as in predictions",
          labels + " and " + predictions,
          "sparse_y_true and sparse_y_pred say what they are.");
    }
    return this;
  }

  @Override
  default MetricState state(Shape output) {
    return MetricState.of(ConfusionMatrix.TOTAL, numClasses(), numClasses());
  }

  @Override
  default List<Operand<TFloat32>> update(Ops tf, MetricBatch batch) {
    Operand<TFloat32> numbers = ConfusionMatrix.numbers(tf, batch.labels());
    Operand<TFloat32> labels = sparseLabels() ? numbers : highest(tf, numbers);
    boolean whole = !config().get(DTYPE).equals("float32");
    ConfusionMatrix matrix = new ConfusionMatrix(numClasses(), ignored(), whole);
    return List.of(matrix.of(tf, labels, classes(tf, batch.predictions()), batch));
  }

  /** The mean over those of the classes that come in labels or predictions. */
  @Override
  default double[] result(MetricSums sums) {
    double[] matrix = sums.get(ConfusionMatrix.TOTAL);
    int count = numClasses();
    double sum = 0;
    int present = 0;
    for (int id : targetClasses()) {
      double both = matrix[id * count + id];
      double either = -both;
      for (int other = 0; other < count; other++) {
        either += matrix[id * count + other] + matrix[other * count + id];
      }
      if (either > 1e-9) {
        sum += both / (either + Ratio.EPSILON);
        present++;
      }
    }
    return new double[] {sum / (present + Ratio.EPSILON)};
  }
}
