package kerava.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Loss;
import kerava.Metric;
import kerava.Model;
import kerava.Sequential;
import kerava.StoredModel;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.layers.ActivationFunction;
import kerava.layers.Dense;
import kerava.losses.BinaryCrossentropy;
import kerava.losses.CosineSimilarity;
import kerava.losses.Huber;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.AUC;
import kerava.metrics.AUCCurve;
import kerava.metrics.AUCSummation;
import kerava.metrics.Accuracy;
import kerava.metrics.BinaryIoU;
import kerava.metrics.ConcordanceCorrelation;
import kerava.metrics.F1Score;
import kerava.metrics.FBetaScore;
import kerava.metrics.FScoreAverage;
import kerava.metrics.FalseNegatives;
import kerava.metrics.FalsePositives;
import kerava.metrics.Hinge;
import kerava.metrics.IoU;
import kerava.metrics.MeanAbsolutePercentageError;
import kerava.metrics.MeanIoU;
import kerava.metrics.MeanMetricWrapper;
import kerava.metrics.MeanSquaredLogarithmicError;
import kerava.metrics.OneHotIoU;
import kerava.metrics.OneHotMeanIoU;
import kerava.metrics.PearsonCorrelation;
import kerava.metrics.Precision;
import kerava.metrics.PrecisionAtRecall;
import kerava.metrics.R2Aggregation;
import kerava.metrics.R2Score;
import kerava.metrics.Recall;
import kerava.metrics.RecallAtPrecision;
import kerava.metrics.RootMeanSquaredError;
import kerava.metrics.SensitivityAtSpecificity;
import kerava.metrics.SparseTopKCategoricalAccuracy;
import kerava.metrics.SpecificityAtSensitivity;
import kerava.metrics.SquaredHinge;
import kerava.metrics.TrueNegatives;
import kerava.metrics.TruePositives;
import kerava.optimizers.SGD;
import kerava.saving.KerasArchive;
import kerava.train.Evaluation;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python's Keras opens an archive with all metrics, and finds the same figures. */
@EnabledIfPython
final class MetricsInKerasTest {
  private static final int SAMPLES = 40;
  private static final int WIDTH = 3;

  @TempDir private Path folder;

  private static Metric[] ofTargets() {
    return new Metric[] {
      Accuracy.of(),
      AUC.of(),
      AUC.of().curve(AUCCurve.PR).thresholds(0.2, 0.4, 0.9).named("pr"),
      AUC.of()
          .curve(AUCCurve.PRGAIN)
          .summationMethod(AUCSummation.MAJORING)
          .multiLabel()
          .labelWeights(1, 0.5, 2)
          .named("gain"),
      Precision.of(),
      Precision.of().topK(2).classId(1).named("top"),
      Recall.of().thresholds(0.25, 0.5, 0.75),
      TruePositives.of(),
      TrueNegatives.of(),
      FalsePositives.of().thresholds(0.3),
      FalseNegatives.of(),
      PrecisionAtRecall.of(0.5),
      RecallAtPrecision.of(0.4).numThresholds(50),
      SensitivityAtSpecificity.of(0.5).classId(0),
      SpecificityAtSensitivity.of(0.7),
      F1Score.of(),
      FBetaScore.of(2).average(FScoreAverage.WEIGHTED).threshold(0.5),
      R2Score.of().aggregation(R2Aggregation.VARIANCE_WEIGHTED_AVERAGE),
      RootMeanSquaredError.of(),
      Hinge.of(),
      SquaredHinge.of(),
      MeanAbsolutePercentageError.of(),
      MeanSquaredLogarithmicError.of(),
      PearsonCorrelation.of(),
      ConcordanceCorrelation.of(),
      BinaryIoU.of().threshold(0.4),
      OneHotIoU.of(WIDTH, 0, 2),
      OneHotMeanIoU.of(WIDTH).ignoreClass(1),
      MeanMetricWrapper.of(Huber.of(0.3)),
      MeanMetricWrapper.of(CosineSimilarity.of())
    };
  }

  private static Metric[] ofClasses() {
    return new Metric[] {
      Accuracy.of(),
      SparseTopKCategoricalAccuracy.of(2),
      MeanIoU.of(WIDTH).sparsePredictions(false),
      IoU.of(WIDTH, 1).sparsePredictions(false).fractions()
    };
  }

  private static CompileSettings settings(Loss loss, Metric... metrics) {
    return CompileSettings.of(SGD.of(0.1), loss, metrics).withWeightedMetrics(metrics);
  }

  @Test
  void findsTheSame() throws Exception {
    Random random = new Random(5);
    float[] x = new float[SAMPLES * 4];
    float[] y = new float[SAMPLES * WIDTH];
    int[] classes = random.ints(SAMPLES, 0, WIDTH).toArray();
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < y.length; i++) {
      // No row is all the same, of which there is no correlation.
      y[i] = i % WIDTH == 1 ? 1 - y[i - 1] : random.nextInt(2);
    }
    Array inputs = Array.of(x, SAMPLES, 4);
    Check targets =
        check(
            "targets",
            ActivationFunction.SIGMOID,
            settings(BinaryCrossentropy.of(), ofTargets()),
            Dataset.of(inputs, Array.of(y, SAMPLES, WIDTH)));
    Check numbers =
        check(
            "numbers",
            ActivationFunction.SOFTMAX,
            settings(SparseCategoricalCrossentropy.of(), ofClasses()),
            Dataset.of(inputs, Array.of(classes, SAMPLES)));
    PythonReference.run("evaluate_metrics.py", targets.reference(), numbers.reference());
    targets.compare();
    numbers.compare();
  }

  /** What was written, and what is found there. */
  private record Check(PythonReference reference, CompileSettings settings, Evaluation evaluation) {
    void compare() throws Exception {
      Map<String, Double> expected = new TreeMap<>();
      for (Map.Entry<String, JsonNode> figure : reference.report().properties()) {
        JsonNode values = figure.getValue();
        for (int i = 0; i < values.size(); i++) {
          String number = values.size() == 1 ? "" : "[" + i + "]";
          expected.put(figure.getKey() + number, values.get(i).asDouble());
        }
      }
      assertEquals(expected.remove("loss"), evaluation.loss(), 1e-5);
      assertEquals(expected.keySet(), new TreeMap<>(evaluation.metrics()).keySet());
      List<String> far = new ArrayList<>();
      expected.forEach(
          (name, value) -> {
            if (Math.abs(value - evaluation.get(name)) > 1e-5 * Math.max(1, Math.abs(value))) {
              far.add(name + ": " + value + " " + evaluation.get(name));
            }
          });
      assertEquals(List.of(), far);
      StoredModel again = KerasArchive.read(reference.file("saved.keras"));
      assertEquals(List.of(), again.card().remarks());
      assertEquals(settings.metrics(), again.settings().orElseThrow().metrics());
      assertEquals(settings.weightedMetrics(), again.settings().orElseThrow().weightedMetrics());
    }
  }

  private Check check(
      String name, ActivationFunction activation, CompileSettings settings, Dataset data)
      throws Exception {
    Model model = Sequential.of(Input.of(4), Dense.of(WIDTH).activation(activation));
    Path file = folder.resolve(name + ".keras");
    PythonReference reference =
        new PythonReference(file, folder.resolve(name))
            .give("x", data.inputs())
            .give("y", data.labels());
    try (Trainer trainer =
        Trainer.compile(model, settings, TrainerOptions.defaults().withSeed(3))) {
      KerasArchive.write(StoredModel.of(trainer), file);
      return new Check(reference, settings, trainer.evaluate(data));
    }
  }
}
