package kerava.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import kerava.data.Npy;
import kerava.graph.Array;

/** Python's Keras, which says what it makes of a file: the scripts in {@code tools/interop}. */
public final class PythonJudge {
  private static final Path SCRIPTS = Path.of("tools", "interop");
  private static final int MINUTES = 5;

  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private Optional<Path> chosen = python();

  /**
   * A judge.
   *
   * @param folder where questions and answers are put, as files
   */
  public PythonJudge(Path folder) {
    this.folder = folder;
  }

  static boolean isThere() {
    return python().isPresent();
  }

  static boolean isRequired() {
    return "1".equals(System.getenv("KERAVA_REQUIRE_PYTHON"));
  }

  private static Optional<Path> python() {
    return Optional.ofNullable(System.getenv("KERAVA_PYTHON"))
        .filter(name -> !name.isEmpty())
        .map(Path::of)
        .filter(Files::isExecutable);
  }

  /** A file in the judge's folder. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Puts numbers before the judge. */
  public PythonJudge give(String name, Array array) throws IOException {
    Npy.write(file(name + ".npy"), array);
    return this;
  }

  /** Puts a text before the judge. */
  public PythonJudge give(String name, String text) throws IOException {
    Files.writeString(file(name), text);
    return this;
  }

  /** Takes another Python than the one of {@code KERAVA_PYTHON}. */
  public PythonJudge use(Path other) {
    chosen = Optional.of(other);
    return this;
  }

  /** Sets an environment variable for the judge. */
  public PythonJudge tell(String variable, Object value) {
    environment.put(variable, String.valueOf(value));
    return this;
  }

  /** Numbers that the judge gave back. */
  public Array numbers(String name) throws IOException {
    return Npy.read(file(name + ".npy"));
  }

  /**
   * Calls the judge.
   *
   * @param script the name of a script in {@code tools/interop}
   * @param subject the file to be judged
   * @return what the script reports
   * @throws AssertionError if it fails, with what it printed
   */
  public JsonNode ask(String script, Path subject) throws IOException, InterruptedException {
    Path python =
        chosen.orElseThrow(() -> new AssertionError("KERAVA_PYTHON does not name a Python"));
    List<String> command =
        new ArrayList<>(
            List.of(
                python.toString(),
                SCRIPTS.resolve(script).toString(),
                subject.toString(),
                folder.toString()));
    Path log = file("log.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    if (!ended || process.exitValue() != 0) {
      throw new AssertionError(script + " failed:\n" + Files.readString(log));
    }
    return new ObjectMapper().readTree(file("report.json").toFile());
  }
}
