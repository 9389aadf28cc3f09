package kerava.sweep;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models in the manner of Keras' example pages: read, predicted, written, read again and trained on
 * as in Keras, or refused by name. A few lie here; {@code tools/sweep/example_models.py} makes all.
 */
final class ExampleModelsTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> areAsInKeras() throws IOException, URISyntaxException {
    Path kept =
        Path.of(Objects.requireNonNull(getClass().getResource("/examples"), "examples").toURI());
    List<ExampleFile> examples = ExampleFile.all(kept, ".*");
    assertTrue(examples.size() >= 7, examples.toString());
    return examples.stream()
        .map(example -> DynamicTest.dynamicTest(example.name(), () -> check(example)));
  }

  private void check(ExampleFile example) throws IOException {
    ExampleVerdict verdict =
        ExampleModels.verdict(
            example, Files.createDirectories(folder.resolve(example.name())), ".*");
    assertTrue(verdict.good(), verdict.toString());
  }
}
