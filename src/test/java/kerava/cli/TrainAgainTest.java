package kerava.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import kerava.cli.terminal.MetricText;
import kerava.cli.terminal.Shell;
import kerava.cli.training.RunFiles;
import kerava.saving.KerasArchive;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A second training beside a first one, and what a report says to type next. */
final class TrainAgainTest {
  @TempDir private Path folder;

  private Run train(Path out, Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", "--dataset", "shapes", "--limit", 32));
    words.addAll(List.of("--epochs", 1, "--quiet", "--out", out));
    words.addAll(List.of(more));
    Run run = Run.of(words.toArray());
    assertEquals(0, run.code(), run.err());
    return run;
  }

  @Test
  void keepsAllThatEarlierOnesWrote() throws IOException {
    RunFiles files = new RunFiles(folder, "shapes_cnn");
    Run first = train(folder, "--seed", 1);
    assertTrue(
        first
            .out()
            .contains(
                "Written: run 1, the newest, which is also "
                    + files.archive()
                    + " and "
                    + files.report()
                    + "\n"),
        first.out());
    byte[] archive = Files.readAllBytes(files.archive());
    assertArrayEquals(archive, Files.readAllBytes(files.archive(1)));

    Run further = train(folder, "--model", files.archive());
    assertTrue(further.out().contains("Written: run 2, the newest"), further.out());
    assertArrayEquals(archive, Files.readAllBytes(files.archive(1)));
    assertArrayEquals(Files.readAllBytes(files.archive(2)), Files.readAllBytes(files.archive()));
    assertEquals(2, KerasArchive.read(files.archive()).optimizer().orElseThrow().iterations());
    assertEquals(-1, Files.mismatch(page(files.report(2)), page(files.report())));
    assertTrue(Files.mismatch(page(files.report(1)), page(files.report())) >= 0);

    // From the first one's own file: it is not the name of a new row of trainings.
    train(folder, "--model", files.archive(1));
    assertArrayEquals(archive, Files.readAllBytes(files.archive(1)));
    for (long number = 1; number <= 3; number++) {
      assertTrue(Files.isRegularFile(files.savedModel(number).resolve("saved_model.pb")));
      assertTrue(Files.isRegularFile(page(files.report(number))));
    }
    try (Stream<Path> all = Files.list(folder)) {
      assertEquals(3 + 1 + 3 + 1 + 1, all.count());
    }
  }

  private static Path page(Path report) {
    return report.resolve("report.html");
  }

  @Test
  void aModelOfSomebodyElsesIsKept() throws IOException {
    train(folder.resolve("first"));
    Path mine = folder.resolve("mine.keras");
    Files.copy(folder.resolve("first").resolve("shapes_cnn.keras"), mine);
    byte[] bytes = Files.readAllBytes(mine);
    Run run = train(folder, "--model", mine);
    Path kept = folder.resolve("mine-1.keras");
    assertTrue(run.out().contains("Kept, with a number: " + kept + "\n"), run.out());
    assertArrayEquals(bytes, Files.readAllBytes(kept));
    assertTrue(run.out().contains("Written: run 2"), run.out());
    assertFalse(Files.exists(folder.resolve("mine-2.report").resolve("mine.keras")));
  }

  @Test
  void twoAtOnceHaveNumbersOfTheirOwn() throws Exception {
    Process one = elsewhere(folder.resolve("one.txt"));
    Process other = elsewhere(folder.resolve("other.txt"));
    assertEquals(0, one.waitFor(), () -> text(folder.resolve("one.txt")));
    assertEquals(0, other.waitFor(), () -> text(folder.resolve("other.txt")));
    RunFiles files = new RunFiles(folder.resolve("out"), "shapes_cnn");
    assertEquals(2, files.highest());
    assertArrayEquals(Files.readAllBytes(files.archive(2)), Files.readAllBytes(files.archive()));
    assertEquals(-1, Files.mismatch(page(files.report(2)), page(files.report())));
    assertTrue(Files.mismatch(files.archive(1), files.archive(2)) >= 0);
    assertTrue(Files.isDirectory(files.savedModel(1)) && Files.isDirectory(files.savedModel(2)));
  }

  private Process elsewhere(Path log) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "kerava.cli.Main",
                "train",
                "--dataset",
                "shapes",
                "--limit",
                "32",
                "--epochs",
                "1",
                "--out",
                folder.resolve("out").toString()))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The commands under "what next", by what they do. */
  private static Map<String, String> steps(Path page) throws IOException {
    Document document = Jsoup.parse(page.toFile());
    Map<String, String> steps = new TreeMap<>();
    for (Element command : document.select("#next pre")) {
      Element label = command.previousElementSibling();
      steps.put(label == null ? "" : label.text(), command.wholeText());
    }
    return steps;
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatAReportSaysToTypeWorksAsItStands() throws Exception {
    Path out = folder.resolve("my models' $HOME \"a\"");
    train(out, "--seed", 3);
    Map<String, String> steps = steps(page(out.resolve("shapes_cnn.report")));
    assertEquals(5, steps.size(), steps.toString());
    String asked = bash(steps.get("Ask it about this picture, or another"));
    assertTrue(asked.matches("(?s).*picture\\.png: \\S+ 0\\.\\d{4}, .*"), asked);

    String evaluated = bash(steps.get("Evaluate it again"));
    double loss =
        new ObjectMapper()
            .readTree(out.resolve("shapes_cnn.report").resolve("history.json").toFile())
            .path("test_loss")
            .doubleValue();
    assertTrue(evaluated.contains("Images: 32\n"), evaluated);
    assertTrue(evaluated.contains("Test loss: " + MetricText.number(loss)), evaluated);

    String trained = bash(steps.get("Train it further") + " --quiet");
    assertTrue(trained.contains("Written: run 2, the newest"), trained);
    assertEquals(
        6,
        KerasArchive.read(out.resolve("shapes_cnn.keras")).optimizer().orElseThrow().iterations());

    List<String> served = words(steps.get("Serve it with TensorFlow Serving"));
    Path version = out.resolve("shapes_cnn").resolve("1").toAbsolutePath().normalize();
    assertEquals(
        List.of("docker", "run", "--rm", "-p", "8500:8500", "-p", "8501:8501", "-v"),
        served.subList(0, 8));
    assertEquals(version + ":/models/shapes_cnn/1", served.get(8));
    String guide = Files.readString(out.resolve("shapes_cnn").resolve("SERVING.md"));
    assertTrue(guide.contains(served.get(served.size() - 1) + "\n"), guide);

    // Texts of JSON are texts of Python.
    String python = steps.get("Go on in Python").replaceFirst("^.*load_model\\((.*)\\)$", "$1");
    Path archive = Path.of(new ObjectMapper().readValue(python, String.class));
    assertTrue(Files.isSameFile(out.resolve("shapes_cnn-1.keras"), archive));
  }

  /** The words that a shell makes of a command. */
  private List<String> words(String command) throws Exception {
    return bash("printf '%s\\n' " + command).lines().toList();
  }

  private String bash(String command) throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Process process =
        new ProcessBuilder("bash", "-c", command)
            .directory(elsewhere.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), command + "\n" + output);
    return output;
  }

  @Test
  void theLauncherIsNamedWhereItStarted() {
    String before = System.getProperty("kerava.launcher");
    System.setProperty("kerava.launcher", "/opt/my tools/kerava");
    try {
      assertEquals("'/opt/my tools/kerava'", Shell.command(Shell.program(Main.class)));
    } finally {
      if (before == null) {
        System.clearProperty("kerava.launcher");
      } else {
        System.setProperty("kerava.launcher", before);
      }
    }
  }
}
