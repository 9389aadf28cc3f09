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

/**
 * Python's Keras, which says what it makes of a file: the scripts in {@code tools/interop}.
 *
 * <p>A case is a file to be checked, and a folder for what is asked and answered.
 */
public final class PythonReference {
  private static final Path SCRIPTS = Path.of("tools", "interop");
  private static final int MINUTES = 10;

  private final Path subject;
  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private Optional<Path> chosen = python();

  /**
   * A case.
   *
   * @param subject the file to be checked
   * @param folder where questions and answers are put, as files
   */
  public PythonReference(Path subject, Path folder) {
    this.subject = subject;
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

  /** The file to be checked. */
  public Path subject() {
    return subject;
  }

  /** A file in the case's folder. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Puts numbers before the reference. */
  public PythonReference give(String name, Array array) throws IOException {
    Files.createDirectories(folder);
    Npy.write(file(name + ".npy"), array);
    return this;
  }

  /** Puts a text before the reference. */
  public PythonReference give(String name, String text) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(file(name), text);
    return this;
  }

  /** Takes another Python than the one of {@code KERAVA_PYTHON}; the first case's is called. */
  public PythonReference use(Path other) {
    chosen = Optional.of(other);
    return this;
  }

  /** Sets an environment variable for the reference; those of the first case are set. */
  public PythonReference tell(String variable, Object value) {
    environment.put(variable, String.valueOf(value));
    return this;
  }

  /** Numbers that the reference gave back. */
  public Array numbers(String name) throws IOException {
    return Npy.read(file(name + ".npy"));
  }

  /** What the reference reports. */
  public JsonNode report() throws IOException {
    return new ObjectMapper().readTree(file("report.json").toFile());
  }

  /**
   * Calls the reference for several cases at once, because Python is slow to start.
   *
   * @param script the name of a script in {@code tools/interop}
   * @throws AssertionError if it fails, with what it printed
   */
  public static void run(String script, PythonReference... cases)
      throws IOException, InterruptedException {
    Path python =
        cases[0].chosen.orElseThrow(
            () -> new AssertionError("KERAVA_PYTHON does not name a Python"));
    List<String> command = new ArrayList<>();
    command.add(python.toString());
    command.add(SCRIPTS.resolve(script).toString());
    for (PythonReference one : cases) {
      command.add(one.subject.toString());
      command.add(one.folder.toString());
    }
    Path log = cases[0].file("log.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(cases[0].environment);
    Process process = builder.start();
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    if (!ended || process.exitValue() != 0) {
      throw new AssertionError(script + " failed:\n" + Files.readString(log));
    }
  }
}
