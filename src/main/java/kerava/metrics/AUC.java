package kerava.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kerava.Labels;
import kerava.Metric;
import kerava.MetricBatch;
import kerava.MetricSums;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.functional.FromLogitsArgument;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The area under a curve that thresholds draw, ROC by default: (batch, ...), (batch, ...) → one
 * number, from 0 to 1.
 *
 * <p>By default it is made of 200 thresholds at equal distances, by trapezoids, of predictions that
 * are probabilities, and all labels of a sample are one.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/metrics/classification_metrics/#auc-class">Keras: AUC</a>
 */
public record AUC(Config config)
    implements ConfusionMetric, HigherIsBetter, FromLogitsArgument<AUC> {
  private static final Key<Integer> NUM_THRESHOLDS =
      Key.of(
          "num_thresholds",
          Codec.integer().where("a whole number above 1", number -> number > 1),
          200);
  private static final Key<AUCCurve> CURVE = Key.of("curve", AUCCurve.codec(), AUCCurve.ROC);
  private static final Key<AUCSummation> SUMMATION_METHOD =
      Key.of("summation_method", AUCSummation.codec(), AUCSummation.INTERPOLATION);
  private static final Key<Boolean> MULTI_LABEL = Key.of("multi_label", Codec.bool(), false);
  private static final Key<Optional<Integer>> NUM_LABELS =
      Key.optional("num_labels", Codec.positive());
  private static final Key<Optional<List<Double>>> LABEL_WEIGHTS =
      Key.optional("label_weights", LabelWeights.codec());
  private static final Key<Optional<List<Double>>> THRESHOLDS =
      Key.optional("thresholds", Codec.list(Codec.between(0, 1))).quiet();

  /** How the metric is written and read. */
  public static final Schema<AUC> SCHEMA =
      Metric.schema("AUC", AUC::new, NUM_THRESHOLDS, CURVE, SUMMATION_METHOD)
          .with(MULTI_LABEL, NUM_LABELS, LABEL_WEIGHTS, FROM_LOGITS, THRESHOLDS);

  /**
   * Takes arguments that go together.
   *
   * @throws IllegalArgumentException if there is a number of labels, but they are not counted each
   *     for itself
   */
  public AUC {
    Optional<Integer> count = config.get(THRESHOLDS).map(thresholds -> thresholds.size() + 2);
    config = count.isPresent() ? config.with(NUM_THRESHOLDS, count.get()) : config;
    if (config.get(NUM_LABELS).isPresent() && !config.get(MULTI_LABEL)) {
      throw new IllegalArgumentException(
          "AUC num_labels: expected nothing unless multi_label is true, got "
              + config.get(NUM_LABELS).get()
              + ".");
    }
  }

  /** The area under the ROC curve, under its own name. */
  public static AUC of() {
    return new AUC(SCHEMA.config());
  }

  /** The same of another curve. */
  public AUC curve(AUCCurve curve) {
    return new AUC(config.with(CURVE, curve));
  }

  /** The same that adds up in another way. */
  public AUC summationMethod(AUCSummation method) {
    return new AUC(config.with(SUMMATION_METHOD, method));
  }

  /**
   * The same with so many thresholds, at equal distances.
   *
   * @throws IllegalArgumentException if they are fewer than two
   */
  public AUC numThresholds(int count) {
    return new AUC(config.with(THRESHOLDS, Optional.empty()).with(NUM_THRESHOLDS, count));
  }

  /**
   * The same with thresholds between its own two, below 0 and above 1.
   *
   * @param numbers numbers from 0 to 1
   * @throws IllegalArgumentException if one is not from 0 to 1
   */
  public AUC thresholds(double... numbers) {
    List<Double> all = Arrays.stream(numbers).sorted().boxed().toList();
    return new AUC(config.with(THRESHOLDS, Optional.of(all)));
  }

  /** The same that is the mean of the areas of the labels, (batch, labels), each for itself. */
  public AUC multiLabel() {
    return new AUC(config.with(MULTI_LABEL, true));
  }

  /** The same with what each label, along the last axis, counts. */
  public AUC labelWeights(double... weights) {
    List<Double> all = Arrays.stream(weights).boxed().toList();
    return new AUC(config.with(LABEL_WEIGHTS, Optional.of(all)));
  }

  @Override
  public Metric resolve(Labels.Kind kind, Shape output) {
    ConfusionMetric.super.resolve(kind, output);
    boolean byLabel = config.get(MULTI_LABEL);
    int rank = output.numDimensions();
    if (byLabel && rank != 2) {
      throw refused("an output of shape (batch, labels)", output, "multi_label is true.");
    }
    long labels = output.get(rank - 1);
    int said = config.get(NUM_LABELS).orElse(Math.toIntExact(labels));
    int weights = config.get(LABEL_WEIGHTS).map(List::size).orElse(said);
    if ((byLabel && said != labels) || (weights != 1 && weights != labels)) {
      throw refused(
          "an output of " + (byLabel ? said : weights) + " labels",
          output,
          "num_labels and label_weights say so.");
    }
    return this;
  }

  @Override
  public List<Count> counts() {
    return ALL;
  }

  @Override
  public ConfusionCounts.Comparison comparison() {
    List<Double> inner =
        config
            .get(THRESHOLDS)
            .map(thresholds -> thresholds.stream().sorted().toList())
            .orElseGet(
                () -> {
                  List<Double> even = Thresholds.even(config.get(NUM_THRESHOLDS));
                  return even.subList(1, even.size() - 1);
                });
    boolean even = config.get(THRESHOLDS).isEmpty() || Thresholds.areEven(around(0, inner, 1));
    boolean byLabel = config.get(MULTI_LABEL);
    return new ConfusionCounts.Comparison(
        around(-Ratio.EPSILON, inner, 1 + Ratio.EPSILON),
        even,
        Optional.empty(),
        Optional.empty(),
        byLabel ? List.of() : config.get(LABEL_WEIGHTS).orElse(List.of()),
        byLabel);
  }

  private static List<Double> around(double first, List<Double> inner, double last) {
    return Stream.of(List.of(first), inner, List.of(last)).flatMap(List::stream).toList();
  }

  @Override
  public List<Operand<TFloat32>> update(Ops tf, MetricBatch batch) {
    Operand<TFloat32> scores =
        config.get(FROM_LOGITS) ? tf.math.sigmoid(batch.predictions()) : batch.predictions();
    return ConfusionMetric.super.update(tf, batch.withPredictions(scores));
  }

  @Override
  public double[] result(MetricSums sums) {
    List<double[]> counts = ALL.stream().map(count -> sums.get(count.key())).toList();
    int thresholds = config.get(NUM_THRESHOLDS);
    int labels = counts.get(0).length / thresholds;
    double area = 0;
    double weight = 0;
    for (int label = 0; label < labels; label++) {
      double own = config.get(MULTI_LABEL) ? weight(label) : 1;
      int column = label;
      CurvePoints points =
          new CurvePoints(counts.stream().map(count -> column(count, column, labels)).toList());
      area += own * config.get(SUMMATION_METHOD).area(points, config.get(CURVE));
      weight += own;
    }
    return new double[] {Ratio.of(area, weight)};
  }

  private double weight(int label) {
    return config
        .get(LABEL_WEIGHTS)
        .map(weights -> weights.get(weights.size() == 1 ? 0 : label))
        .orElse(1.0);
  }

  private static double[] column(double[] table, int column, int width) {
    double[] values = new double[table.length / width];
    for (int i = 0; i < values.length; i++) {
      values[i] = table[i * width + column];
    }
    return values;
  }

  @Override
  public Schema<AUC> schema() {
    return SCHEMA;
  }
}
