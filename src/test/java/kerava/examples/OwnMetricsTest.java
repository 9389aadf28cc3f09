package kerava.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Labels;
import kerava.MeanMetric;
import kerava.Metric;
import kerava.MetricBatch;
import kerava.MetricState;
import kerava.MetricSums;
import kerava.Model;
import kerava.Sequential;
import kerava.TestDevice;
import kerava.config.Catalog;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.Source;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.layers.Dense;
import kerava.losses.MeanSquaredError;
import kerava.optimizers.SGD;
import kerava.train.Evaluation;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Metrics of one's own: those of docs/architecture.md. */
final class OwnMetricsTest {
  record Within(Config config) implements MeanMetric {
    private static final Key<Double> TOLERANCE = Key.of("tolerance", Codec.number(), 0.1);
    static final Schema<Within> SCHEMA = Metric.schema("Within", Within::new, TOLERANCE);

    static Within of(double tolerance) {
      return new Within(SCHEMA.config().with(TOLERANCE, tolerance));
    }

    @Override
    public Set<Labels.Kind> labels() {
      return Set.of(Labels.Kind.TARGETS);
    }

    @Override
    public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
      Operand<TFloat32> error = tf.math.abs(tf.math.sub(labels.targets(), predictions));
      Operand<TFloat32> most = tf.constant(config.get(TOLERANCE).floatValue());
      return tf.math.mean(
          tf.dtypes.cast(tf.math.lessEqual(error, most), TFloat32.class), tf.constant(-1));
    }

    @Override
    public Schema<Within> schema() {
      return SCHEMA;
    }
  }

  record Bias(Config config) implements Metric {
    static final Schema<Bias> SCHEMA = Metric.schema("Bias", Bias::new);

    @Override
    public Set<Labels.Kind> labels() {
      return Set.of(Labels.Kind.TARGETS);
    }

    @Override
    public MetricState state(Shape output) {
      return MetricState.of("errors", output.get(1)).and("targets", output.get(1));
    }

    @Override
    public List<Operand<TFloat32>> update(Ops tf, MetricBatch batch) {
      Operand<TFloat32> targets = batch.labels().targets();
      Operand<TFloat32> weights = tf.expandDims(batch.weights(), tf.constant(1));
      Operand<TFloat32> errors = tf.math.sub(batch.predictions(), targets);
      return List.of(
          tf.reduceSum(tf.math.mul(errors, weights), tf.constant(0)),
          tf.reduceSum(tf.math.mul(targets, weights), tf.constant(0)));
    }

    @Override
    public double[] result(MetricSums sums) {
      double[] bias = sums.get("errors");
      for (int i = 0; i < bias.length; i++) {
        bias[i] /= sums.get("targets")[i];
      }
      return bias;
    }

    @Override
    public Schema<Bias> schema() {
      return SCHEMA;
    }
  }

  /** Says that it gathers one number, and adds two. */
  record Wrong(Config config) implements Metric {
    static final Schema<Wrong> SCHEMA = Metric.schema("Wrong", Wrong::new);

    @Override
    public Set<Labels.Kind> labels() {
      return Set.of(Labels.Kind.TARGETS);
    }

    @Override
    public MetricState state(Shape output) {
      return MetricState.of("sum");
    }

    @Override
    public List<Operand<TFloat32>> update(Ops tf, MetricBatch batch) {
      return List.of(tf.reduceSum(batch.predictions(), tf.constant(0)));
    }

    @Override
    public double[] result(MetricSums sums) {
      return sums.get("other");
    }

    @Override
    public Schema<Wrong> schema() {
      return SCHEMA;
    }
  }

  private static final Model MODEL = Sequential.of(Input.of(2), Dense.of(2));
  private static final Dataset DATA =
      Dataset.of(
          Array.of(new float[] {1, 0, 0, 1, 1, 1, 2, 0, 0, 2}, 5, 2),
          Array.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 5, 2));

  private static Trainer trainer(CompileSettings settings, int replicas) {
    TrainerOptions options =
        TrainerOptions.defaults().withDevice(TestDevice.get()).withReplicas(replicas);
    Trainer trainer = Trainer.compile(MODEL, settings, options);
    trainer.restore(
        Weights.of(
            Map.of(
                MODEL.weights().get(0).name(), Array.of(new float[] {1, 2, 3, 4}, 2, 2),
                MODEL.weights().get(1).name(), Array.of(new float[] {0, 0.5f}, 2))));
    return trainer;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 1"})
  void gatherInPartsAndSeveralSteps(int replicas, int steps) {
    CompileSettings settings =
        CompileSettings.of(
                SGD.of(0), MeanSquaredError.of(), Within.of(0.5), new Bias(Bias.SCHEMA.config()))
            .withWeightedMetrics(Within.of(0.5), new Bias(Bias.SCHEMA.config()));
    try (Trainer trainer = trainer(settings, replicas)) {
      // Predicted are (1, 2.5), (3, 4.5), (4, 6.5), (2, 4.5) and (6, 8.5).
      Evaluation evaluation = trainer.evaluate(DATA);
      assertEquals(0.5, evaluation.get("within"), 1e-6);
      assertEquals(0.5, evaluation.get("weighted_within"), 1e-6);
      assertEquals(-9.0 / 25, evaluation.get("bias[0]"), 1e-6);
      assertEquals(-3.5 / 30, evaluation.get("bias[1]"), 1e-6);
      Fit fit =
          Fit.epochs(1)
              .batchSize(2)
              .stepsPerExecution(steps)
              .sampleWeights(new float[] {1, 0, 2, 0, 3});
      History history = trainer.fit(DATA, fit);
      assertEquals(0.5, history.get("within").get(0), 1e-6);
      assertEquals((1 + 2 * 0.5) / 6, history.get("weighted_within").get(0), 1e-6);
      assertEquals(-9.0 / 25, history.get("bias[0]").get(0), 1e-6);
      assertEquals(-11.0 / 38, history.get("weighted_bias[0]").get(0), 1e-6);
      assertEquals(-3.0 / 44, history.get("weighted_bias[1]").get(0), 1e-6);
    }
  }

  @Test
  void areReadAndWritten() {
    Metric metric = Within.of(0.25).named("near");
    Catalog catalog = Catalog.empty().with(Metric.class, List.of(Within.SCHEMA));
    assertEquals(metric, Metric.codec().read(Source.root(Metric.codec().write(metric), catalog)));
  }

  @Test
  void addWhatTheySay() {
    Metric wrong = new Wrong(Wrong.SCHEMA.config());
    CompileSettings settings = CompileSettings.of(SGD.of(0), MeanSquaredError.of(), wrong);
    assertEquals(
        "Wrong \"wrong\": expected a batch to add [[]], as its state says, got [[2]]. Its update and"
            + " its state do not agree.",
        assertThrows(IllegalArgumentException.class, () -> trainer(settings, 1)).getMessage());
    MetricSums sums = new MetricSums(MetricState.of("sum", 2), new double[] {3, 4});
    assertEquals(3, sums.number("sum"));
    assertEquals(
        "Metric sums: expected one of [sum], got \"other\".",
        assertThrows(IllegalArgumentException.class, () -> wrong.result(sums)).getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new MetricSums(MetricState.of("sum", 2), new double[3]));
  }
}
