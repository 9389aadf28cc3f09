package kerava.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import kerava.train.Evaluation;
import org.junit.jupiter.api.Test;

final class HistoryJsonTest {
  @Test
  void holdsTheNumbersAndTheSettingsThatMadeThem() throws IOException {
    assertEquals(
        """
        {
          "history" : {
            "accuracy" : [ 0.5, 0.625 ],
            "loss" : [ 1.5, 1.0 ],
            "val_accuracy" : [ 0.375, 0.5 ],
            "val_loss" : [ 1.25, 0.75 ]
          },
          "test_accuracy" : 0.75,
          "test_loss" : 0.875,
          "seconds_per_epoch" : [ 1.5, 1.5 ],
          "settings" : {
            "model" : "cnn",
            "learning_rate" : 0.001,
            "epochs" : 2
          }
        }
        """,
        json(Example.report()));
  }

  @Test
  void writesNullForWhatIsNoNumber() throws IOException {
    TestRun run =
        new TestRun(
            Example.samples(),
            Example.test().predictions(),
            new Evaluation(Double.NaN, Map.of("accuracy", Double.POSITIVE_INFINITY)));
    String json =
        json(
            TrainingReport.of(
                Example.model(), Example.history(Map.of("loss", List.of(1.0, Double.NaN))), run));
    assertEquals(
        """
        {
          "history" : {
            "loss" : [ 1.0, null ]
          },
          "test_accuracy" : null,
          "test_loss" : null,
          "seconds_per_epoch" : [ 1.5, 1.5 ],
          "settings" : { }
        }
        """,
        json);
  }

  private static String json(TrainingReport report) throws IOException {
    return new String(HistoryJson.of(report), StandardCharsets.UTF_8);
  }
}
