package kerava.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Stream;
import kerava.Labels;
import kerava.Loss;
import kerava.Metric;
import kerava.config.Catalog;
import kerava.config.ConfigException;
import kerava.config.Source;
import kerava.losses.Huber;
import kerava.losses.LossSchemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** What metrics do not go with, and how their arguments are read. */
final class MetricRefusalsTest {
  private static final Catalog CATALOG =
      Catalog.empty().with(Loss.class, LossSchemas.all()).with(Metric.class, MetricSchemas.all());

  private static final Labels.Kind CLASSES = Labels.Kind.CLASSES;
  private static final Labels.Kind TARGETS = Labels.Kind.TARGETS;
  private static final Shape ROWS = Shape.of(-1, 4);
  private static final Shape SINGLE = Shape.of(-1, 1);
  private static final Shape BLOCKS = Shape.of(-1, 3, 4);
  private static final Shape MAPS = Shape.of(-1, 8, 8, 4);

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(Precision.of(), CLASSES, ROWS, "targets, or class numbers beside one output"),
        Arguments.of(BinaryAccuracy.of(), CLASSES, ROWS, "targets, or class numbers beside one"),
        Arguments.of(Recall.of().topK(5), TARGETS, ROWS, "at least as many classes as top_k 5"),
        Arguments.of(Recall.of().classId(4), TARGETS, ROWS, "an output that has the class 4"),
        Arguments.of(Recall.of().classId(-5), TARGETS, ROWS, "an output that has the class -5"),
        Arguments.of(Recall.of().classId(0), TARGETS, Shape.of(-1), "that has the class 0"),
        Arguments.of(F1Score.of(), TARGETS, BLOCKS, "an output of shape (batch, classes), got"),
        Arguments.of(F1Score.of(), CLASSES, ROWS, "labels that are [TARGETS], got CLASSES"),
        Arguments.of(R2Score.of(), TARGETS, BLOCKS, "an output of shape (batch, n), got"),
        Arguments.of(AUC.of().multiLabel(), TARGETS, BLOCKS, "an output of shape (batch, labels)"),
        Arguments.of(AUC.of().labelWeights(1, 2), TARGETS, ROWS, "an output of 2 labels"),
        Arguments.of(MeanIoU.of(4), CLASSES, MAPS, "as many classes in labels as in predictions"),
        Arguments.of(MeanIoU.of(4).sparsePredictions(false), TARGETS, MAPS, "as many classes in"),
        Arguments.of(OneHotMeanIoU.of(4), CLASSES, MAPS, "expected targets, got class numbers"),
        Arguments.of(PearsonCorrelation.of().axis(0), TARGETS, ROWS, "that has the axis 0 behind"),
        Arguments.of(PearsonCorrelation.of().axis(-3, 1), TARGETS, BLOCKS, "has the axis -3"),
        Arguments.of(Mean.of(), TARGETS, ROWS, "that compares predictions with labels, got one of"),
        Arguments.of(Sum.of(), CLASSES, ROWS, "that compares predictions with labels, got one of"),
        Arguments.of(MeanMetricWrapper.of(Huber.of()), CLASSES, ROWS, "labels that are [TARGETS]"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Metric metric, Labels.Kind kind, Shape output, String expected) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> metric.resolve(kind, output))
            .getMessage();
    assertTrue(message.contains(expected), message);
    String who = metric.schema().className() + " \"" + metric.name() + "\": expected ";
    assertTrue(message.startsWith(who) && message.length() < 300, message);
  }

  static Stream<Arguments> taken() {
    return Stream.of(
        Arguments.of(Precision.of(), CLASSES, SINGLE),
        Arguments.of(Precision.of().topK(4).classId(-4), TARGETS, BLOCKS),
        Arguments.of(AUC.of(), TARGETS, MAPS),
        Arguments.of(AUC.of().labelWeights(1), TARGETS, ROWS),
        Arguments.of(AUC.of().labelWeights(1, 2, 3, 4).multiLabel(), TARGETS, ROWS),
        Arguments.of(MeanIoU.of(4).sparsePredictions(false), CLASSES, MAPS),
        Arguments.of(MeanIoU.of(4).sparsePredictions(false), CLASSES, Shape.of(-1, -1, -1, 4)),
        Arguments.of(MeanIoU.of(4), TARGETS, MAPS),
        Arguments.of(BinaryIoU.of(), CLASSES, SINGLE),
        Arguments.of(PearsonCorrelation.of().axis(1, -1), TARGETS, BLOCKS));
  }

  @ParameterizedTest
  @MethodSource
  void taken(Metric metric, Labels.Kind kind, Shape output) {
    assertEquals(metric, metric.resolve(kind, output));
  }

  private static Metric read(String className, String config) {
    try {
      JsonNode json =
          new ObjectMapper()
              .readTree(
                  "{'class_name': '%s', 'config': {%s}}"
                      .formatted(className, config)
                      .replace('\'', '"'));
      return Metric.codec().read(Source.root(json, CATALOG));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void argumentsAreReadInAllTheirForms() {
    assertEquals(AUC.of().curve(AUCCurve.PR), read("AUC", "'curve': 'pr'"));
    assertEquals(
        AUC.of().summationMethod(AUCSummation.MINORING),
        read("AUC", "'summation_method': 'Minoring'"));
    assertEquals(
        AUC.of().labelWeights(1, 2),
        read(
            "AUC",
            "'label_weights': {'class_name': '__tensor__', 'config': {'value': [1.0, 2.0],"
                + " 'dtype': 'float32'}}"));
    // As in Keras, thresholds make the number.
    assertEquals(
        AUC.of().thresholds(0.75, 0.25),
        read("AUC", "'num_thresholds': 9, 'thresholds': [0.25, 0.75]"));
    assertEquals(AUC.of().numThresholds(9), AUC.of().thresholds(0.5).numThresholds(9));
    assertEquals(Precision.of().thresholds(0.25), read("Precision", "'thresholds': 0.25"));
    assertEquals(Precision.of().thresholds(0.25, 1), read("Precision", "'thresholds': [0.25, 1]"));
    assertEquals(IoU.of(3, 0, 2), read("IoU", "'num_classes': 3, 'target_class_ids': [0, 2]"));
    assertEquals(
        MeanMetricWrapper.of(Huber.of(0.5)),
        read("MeanMetricWrapper", "'name': 'huber', 'fn': 'huber', 'delta': 0.5"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "AUC; 'curve': 'Roc'; expected one of [ROC, PR, PRGAIN]",
        "AUC; 'summation_method': 'trapezoid'; expected one of interpolation, majoring, minoring",
        "AUC; 'num_thresholds': 1; expected a whole number above 1",
        "AUC; 'num_labels': 2; expected nothing unless multi_label is true, got 2",
        "AUC; 'label_weights': []; expected weights of at least 0",
        "Precision; 'thresholds': 1.5; expected a number from 0.0 to 1.0",
        "Precision; 'thresholds': []; expected a number from 0 to 1, or a list of such",
        "PrecisionAtRecall; 'num_thresholds': 3; expected a number from 0.0 to 1.0, got nothing",
        "F1Score; 'average': 'mean'; expected one of micro, macro, weighted",
        "F1Score; 'threshold': 0; expected a number above 0, at most 1",
        "FBetaScore; 'beta': 0; expected a number above 0",
        "MeanIoU; 'num_classes': 2, 'axis': 1; expected only -1",
        "MeanIoU; 'num_classes': 2, 'dtype': 'float16'; expected one of int32, int64, float32",
        "IoU; 'num_classes': 2, 'target_class_ids': [2]; expected class numbers below 2, got 2",
        "BinaryIoU; 'target_class_ids': [2]; expected 0 or 1",
        "MeanMetricWrapper; 'fn': 'huber', 'k': 2; expected one of the keys of Huber",
        "MeanMetricWrapper; 'fn': 'auc'; expected a function, got the metric AUC",
        "MeanMetricWrapper; 'fn': {'class_name': 'Huber'}; expected a function of Keras, and no",
        "MeanMetricWrapper; 'fn': 'nothing'; expected one of"
      },
      delimiter = ';')
  void argumentsAreRefused(String className, String config, String expected) {
    String message =
        assertThrows(ConfigException.class, () -> read(className, config)).getMessage();
    assertTrue(message.contains(expected), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"f1_score", "AUC", "MSLE", "mean_absolute_percentage_error", "io_u"})
  void stringsAreNames(String name) {
    JsonNode text = new ObjectMapper().valueToTree(name);
    if (name.equals("io_u")) {
      // As in Keras, there is none without its classes.
      assertThrows(ConfigException.class, () -> Metric.codec().read(Source.root(text, CATALOG)));
      return;
    }
    assertEquals(name, Metric.codec().read(Source.root(text, CATALOG)).name());
  }

  @Test
  void namesAreThoseOfKeras() {
    List<Metric> metrics =
        List.of(
            AUC.of(),
            MeanIoU.of(2),
            BinaryIoU.of(),
            OneHotMeanIoU.of(2),
            R2Score.of(),
            F1Score.of(),
            FBetaScore.of(2),
            SensitivityAtSpecificity.of(0.5));
    assertEquals(
        List.of(
            "auc",
            "mean_io_u",
            "binary_io_u",
            "one_hot_mean_io_u",
            "r2_score",
            "f1_score",
            "fbeta_score",
            "sensitivity_at_specificity"),
        metrics.stream().map(Metric::name).toList());
  }
}
