package kerava.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import kerava.interop.EnabledIfPython;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models in the manner of Keras' example pages: read, predicted, written, read again and trained on
 * as in Keras, or refused by name. A few lie here; the others are made where there is a Python.
 * {@code -Dkerava.examples.only} is a regular expression for their names, {@code .*} for all, and
 * {@code -Dkerava.examples} a folder to keep them in.
 */
final class ExampleModelsTest {
  /** Of each kind of models one, as all take many minutes. */
  private static final String SOME =
      "(bag_of_words|captcha_ocr|gated_residual_tables|lambda_layer|structured_data"
          + "|translation_transformer|unet_dice|video_convlstm|vit_own_classes)";

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> areAsInKeras() throws IOException, URISyntaxException {
    Path kept =
        Path.of(Objects.requireNonNull(getClass().getResource("/examples"), "examples").toURI());
    List<ExampleFile> examples = ExampleFile.all(kept, ".*");
    assertTrue(examples.size() >= 4, examples.toString());
    return examples.stream()
        .map(example -> DynamicTest.dynamicTest(example.name(), () -> check(example)));
  }

  private void check(ExampleFile example) throws IOException {
    ExampleVerdict verdict =
        ExampleModels.verdict(example, Files.createDirectories(folder.resolve(example.name())));
    assertTrue(verdict.good(), verdict.toString());
  }

  @Test
  @EnabledIfPython
  void othersAreAsInKeras() throws Exception {
    Path models = Path.of(System.getProperty("kerava.examples", folder.resolve("m").toString()));
    String only = System.getProperty("kerava.examples.only", SOME);
    python(models, only);
    List<ExampleVerdict> verdicts = ExampleModels.all(models, only);
    assertTrue(verdicts.size() >= 1, only);
    List<ExampleVerdict> others = verdicts.stream().filter(verdict -> !verdict.good()).toList();
    assertEquals(List.of(), others, () -> ExampleVerdict.table(others));
    python(models, only, "--check");
  }

  private void python(Path models, String only, String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Objects.requireNonNull(System.getenv("KERAVA_PYTHON")));
    command.add(Path.of("tools", "sweep", "example_models.py").toString());
    command.addAll(List.of(models.toString(), "--only", "^" + only + "$"));
    command.addAll(List.of(more));
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertEquals(0, process.waitFor(), () -> read(log));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
