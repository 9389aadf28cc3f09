package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong usage ends with code 2 and one line that helps. */
class UsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train --epochs 0                | --epochs: expected at least 1, got 0.",
        "train --epochs -3               | --epochs: expected at least 1, got -3.",
        "train --steps-per-execution 0   | --steps-per-execution: expected at least 1, got 0.",
        "train --batch-size 0            | --batch-size: expected at least 1, got 0.",
        "train --learning-rate 0         | --learning-rate: expected above 0, as a float32, got 0.0.",
        "train --learning-rate NaN       | --learning-rate: expected above 0, as a float32, got NaN.",
        "train --limit 0                 | --limit: expected at least 1, got 0.",
        "train --dataset cifra10         | Did you mean cifar10?",
        "train --dataset shapes --data x | --data: expected beside --dataset cifar10",
        "train --device gup              | Did you mean gpu?",
        "train --model cn                | Did you mean cnn?",
        "train --model resnet2          | --model: ResNet depth: expected 6n + 2, such as 20,",
        "train --model resnet21         | or 110, got 21.",
        "train --model resnte20         | Did you mean resnet20?",
        "train --model vgg12            | Vgg depth: expected 11, 13, 16 or 19, got 12.",
        "train --model resnet99999999999 | ResNet depth: expected at most 10000",
        "train --recipe fsat            | Did you mean fast?",
        "train --recipe soup            | expected one of baseline, baseline-plus, resnet20, fast,",
        "train --recipe fast --model cnn | --recipe: expected without --model, got both.",
        "train --recipe fast --epochs 0 | --epochs: expected at least 1, got 0.",
        "train --epohcs 3                | Did you mean --epochs",
        "trian                           | Did you mean train?",
        "predict model.keras             | INPUT",
        "predict a.keras a.npy b.png     | expected image files, or .npy and .txt files, got both",
      })
  void endsWithOneHelpfulLine(String words, String part) {
    Run run = Run.of((Object[]) words.trim().split(" +"));
    assertEquals(2, run.code());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(part), run.err());
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "evaluate",
        "predict",
        "inspect",
        "plot",
        "convert",
        "devices",
        "completion"
      })
  void everyCommandHasHelpWithAnExample(String command) {
    Run run = Run.of(command, "--help");
    assertEquals(0, run.code());
    assertTrue(run.out().contains("Usage: kerava " + command), run.out());
    assertTrue(run.out().contains("Example"), run.out());
    assertTrue(run.out().contains("  kerava " + command), run.out());
  }

  @Test
  void completionIsAScriptThatBashReads(@TempDir Path folder) throws Exception {
    Run run = Run.of("completion");
    assertEquals(0, run.code());
    Path script = Files.writeString(folder.resolve("completion"), run.out());
    Process bash = new ProcessBuilder(List.of("bash", "-n", script.toString())).start();
    assertEquals(0, bash.waitFor());
    assertTrue(run.out().contains("--batch-size"));
    assertTrue(run.out().contains("baseline-plus"));
    assertTrue(run.out().contains("resnet56"));
  }

  @Test
  void withoutACommandThereIsUsageOnStandardError() {
    Run run = Run.of();
    assertEquals(2, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().contains("Usage: kerava "), run.err());
    assertTrue(run.err().contains("  train "), run.err());
  }

  @Test
  void versionNamesAllThree() {
    Run run = Run.of("--version");
    assertEquals(3, run.out().lines().count());
    assertTrue(run.out().contains("TensorFlow 2."), run.out());
  }

  @Test
  void devicesListsTheProcessor() {
    Run run = Run.of("devices");
    assertEquals(0, run.code());
    assertTrue(run.out().contains("/device:CPU:0"), run.out());
  }
}
