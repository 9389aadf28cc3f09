package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that scale pixels themselves, whose pixels were once divided all the same. */
final class ReportedPixelsTest {
  private static final Path REPORTED = Path.of("src", "test", "resources", "reported");

  @TempDir Path out;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nested_preprocessing/tut.keras",
        "savedmodel_divides/resct.keras",
        "savedmodel_divides/resct_sm"
      })
  void tellCatsFromDogs(String model) throws IOException {
    Path path = REPORTED.resolve(model);
    Run run =
        Run.of("evaluate", path, "--dataset", REPORTED.resolve("pictures"), "--device", "cpu");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("(the model scales them itself)"), run.out());
    assertTrue(run.out().contains("Test accuracy: 1.0000"), run.out());
    Run dog = Run.of("predict", path, REPORTED.resolve("pictures/dog/dog3.png"), "--device", "cpu");
    assertTrue(dog.out().contains("dog3.png: class 1 1.0000"), dog.out());
  }

  @Test
  void trainingBeginsWithTheLossThatKerasBeginsWith() throws IOException {
    Path folder = REPORTED.resolve("train_divides_by_255_though_model_rescales");
    Run run =
        Run.of(
            "train",
            "--model",
            folder.resolve("m.keras"),
            "--dataset",
            folder.resolve("pics"),
            "--batch-size",
            24,
            "--epochs",
            1,
            "--learning-rate",
            "1e-12",
            "--device",
            "cpu",
            "--out",
            out);
    assertEquals(0, run.code(), run.err());
    JsonNode history =
        new ObjectMapper().readTree(out.resolve("m.report").resolve("history.json").toFile());
    assertEquals(0.8522453, history.findValue("loss").path(0).asDouble(), 1e-5);
    assertEquals(1.0244138, history.findValue("val_loss").path(0).asDouble(), 1e-5);
  }
}
