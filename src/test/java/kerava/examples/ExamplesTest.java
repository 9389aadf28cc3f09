package kerava.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs of {@code examples/} compile as they stand, run on few samples, and learn. */
final class ExamplesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "FilmReviews, 2000, binary_accuracy, 0.95",
    "PatientTable, 2000, auc, 0.9",
    "VisionTransformer, 400, accuracy, 0"
  })
  void runsAndLearns(String program, String samples, String metric, double least) throws Exception {
    String separator = System.getProperty("path.separator");
    String classes = System.getProperty("java.class.path");
    Path source = Path.of("examples", program + ".java").toAbsolutePath();
    run(
        List.of(
            tool("javac"), "-proc:none", "-cp", absolute(classes), "-d", ".", source.toString()));
    String output =
        run(
            List.of(
                tool("java"),
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                absolute(classes) + separator + folder,
                program,
                samples));
    Matcher figure = Pattern.compile("[{ ]" + metric + "=([0-9.]+)").matcher(output);
    assertTrue(figure.find(), output);
    assertTrue(Double.parseDouble(figure.group(1)) >= least, output);
    assertTrue(Files.exists(folder.resolve("savedmodels")), output);
  }

  private static String absolute(String classPath) {
    String separator = System.getProperty("path.separator");
    return List.of(classPath.split(Pattern.quote(separator), -1)).stream()
        .map(path -> Path.of(path).toAbsolutePath().toString())
        .collect(java.util.stream.Collectors.joining(separator));
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int code = process.waitFor();
    String output = Files.readString(log);
    assertEquals(0, code, output);
    return output;
  }
}
