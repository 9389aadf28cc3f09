package kerava.train.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import kerava.CompileSettings;
import kerava.OutputSettings;
import kerava.losses.MeanSquaredError;
import kerava.metrics.AUC;
import kerava.metrics.F1Score;
import kerava.metrics.Precision;
import kerava.metrics.RootMeanSquaredError;
import kerava.metrics.TruePositives;
import kerava.optimizers.SGD;
import kerava.train.Epoch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which way of a metric is better for callbacks. */
final class MonitorTest {
  private static final CompileSettings SETTINGS =
      CompileSettings.of(
              SGD.of(0.1),
              MeanSquaredError.of(),
              Precision.of(),
              F1Score.of(),
              TruePositives.of(),
              RootMeanSquaredError.of().named("accident"))
          .withWeightedMetrics(Precision.of(), AUC.of().named("area"));

  private static final Map<String, OutputSettings> OUTPUTS =
      Map.of("out", SETTINGS.outputs().get(0));
  private static final Map<String, OutputSettings> TWO =
      Map.of(
          "box", OutputSettings.of(MeanSquaredError.of(), Precision.of()),
          "label", OutputSettings.untrained(RootMeanSquaredError.of().named("accuracy")));

  @ParameterizedTest
  @CsvSource({
    "box_precision, true",
    "val_label_accuracy, false",
    "box_accuracy, true",
    "val_box_loss, false"
  })
  void namesOfSeveralOutputsBeginWithTheOutput(String name, boolean larger) {
    assertEquals(Optional.of(larger), Monitor.of(name).in("Test", TWO).larger());
  }

  @ParameterizedTest
  @CsvSource({
    "precision, true",
    "val_precision, true",
    "weighted_precision, true",
    "val_weighted_precision, true",
    "area, true",
    "val_f1_score[1], true",
    // A metric says it itself, whatever its name has in it.
    "val_accident, false",
    // Of other figures names tell.
    "val_loss, false",
    "learning_rate, false",
    "my_accuracy, true",
    "own_auc, true"
  })
  void followsFromTheMetric(String name, boolean larger) {
    Monitor monitor = Monitor.of(name);
    assertEquals(Optional.of(larger), monitor.in("Test", OUTPUTS).larger());
    assertEquals(
        Optional.of(!larger), monitor.withLargerBetter(!larger).in("Test", OUTPUTS).larger());
  }

  @Test
  void isRefusedWhereKerasDoesNotKnowIt() {
    Monitor monitor = Monitor.of("val_true_positives");
    assertEquals(
        "EarlyStopping monitor: expected to know which way is better, got \"val_true_positives\"."
            + " Say so with largerIsBetter.",
        assertThrows(IllegalArgumentException.class, () -> monitor.in("EarlyStopping", OUTPUTS))
            .getMessage());
    assertEquals(
        Optional.of(true), monitor.withLargerBetter(true).in("EarlyStopping", OUTPUTS).larger());
  }

  @Test
  void namesOfFilesMayHaveOneOfSeveralNumbers() {
    Epoch epoch = new Epoch(1, 3, 4, 0.5, Map.of("val_f1_score[10]", 0.375));
    assertEquals("02-0.38.keras", epoch.named("{epoch:02d}-{val_f1_score[10]:.2f}.keras"));
  }
}
