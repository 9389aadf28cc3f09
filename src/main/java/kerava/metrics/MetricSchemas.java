package kerava.metrics;

import java.util.List;
import kerava.Metric;
import kerava.config.Schema;

/** All metrics of this package, for reading configs. */
public final class MetricSchemas {
  // The last comes last: "accuracy" in a document means it, and the class Accuracy the first.
  private static final List<Schema<? extends Metric>> ALL =
      List.of(
          ExactAccuracy.SCHEMA,
          SparseCategoricalAccuracy.SCHEMA,
          CategoricalAccuracy.SCHEMA,
          BinaryAccuracy.SCHEMA,
          TopKCategoricalAccuracy.SCHEMA,
          SparseTopKCategoricalAccuracy.SCHEMA,
          SparseCategoricalCrossentropy.SCHEMA,
          CategoricalCrossentropy.SCHEMA,
          BinaryCrossentropy.SCHEMA,
          KLDivergence.SCHEMA,
          Poisson.SCHEMA,
          MeanSquaredError.SCHEMA,
          RootMeanSquaredError.SCHEMA,
          MeanAbsoluteError.SCHEMA,
          MeanAbsolutePercentageError.SCHEMA,
          MeanSquaredLogarithmicError.SCHEMA,
          LogCoshError.SCHEMA,
          CosineSimilarity.SCHEMA,
          R2Score.SCHEMA,
          PearsonCorrelation.SCHEMA,
          ConcordanceCorrelation.SCHEMA,
          CategoricalHinge.SCHEMA,
          Hinge.SCHEMA,
          SquaredHinge.SCHEMA,
          AUC.SCHEMA,
          Precision.SCHEMA,
          Recall.SCHEMA,
          TruePositives.SCHEMA,
          TrueNegatives.SCHEMA,
          FalsePositives.SCHEMA,
          FalseNegatives.SCHEMA,
          PrecisionAtRecall.SCHEMA,
          RecallAtPrecision.SCHEMA,
          SensitivityAtSpecificity.SCHEMA,
          SpecificityAtSensitivity.SCHEMA,
          F1Score.SCHEMA,
          FBetaScore.SCHEMA,
          IoU.SCHEMA,
          BinaryIoU.SCHEMA,
          MeanIoU.SCHEMA,
          OneHotIoU.SCHEMA,
          OneHotMeanIoU.SCHEMA,
          Mean.SCHEMA,
          Sum.SCHEMA,
          MeanMetricWrapper.SCHEMA,
          Accuracy.SCHEMA);

  private MetricSchemas() {}

  /** How each metric is written and read. */
  public static List<Schema<? extends Metric>> all() {
    return ALL;
  }
}
