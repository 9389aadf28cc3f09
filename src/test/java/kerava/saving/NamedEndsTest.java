package kerava.saving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.StoredModel;
import kerava.config.Quoted;
import kerava.config.Visible;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.layers.ActivationFunction;
import kerava.layers.Concatenate;
import kerava.layers.Dense;
import kerava.saving.export.ServingGuide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs and outputs of a SavedModel under names that have to be kept apart and written safely. */
final class NamedEndsTest {
  private static final Pattern ACTING =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}&&[^\\n]]");

  @TempDir private Path folder;

  private static StoredModel model(String name) {
    Node first = Input.named(name, 2);
    Node second = Input.named(name + "_", 2);
    Node joined = Concatenate.of().apply(first, second);
    Node out = Dense.of(3).activation(ActivationFunction.SOFTMAX).named(name + "'").apply(joined);
    Model model = Model.of(List.of(first, second), List.of(out));
    float[] kernel = new float[12];
    kernel[2] = 1;
    kernel[7] = 2;
    String layer = name + "'";
    return StoredModel.of(
        model,
        Weights.of(
            Map.of(
                layer + "/kernel",
                Array.of(kernel, 4, 3),
                layer + "/bias",
                Array.of(new float[3], 3))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u001b[2Jb",
        "a\r\n| b",
        "`|``",
        "q\"'\\$(id)",
        "\u202ex\u2028\udb40\udc41",
        "''' + exit(1) + '''",
        "\nEOF\n```\n# x",
        "{x} %s",
        "a b"
      })
  void arriveAsTheyAre(String name) throws IOException {
    StoredModel stored = model(name);
    Path archive = folder.resolve("m.keras");
    KerasArchive.write(stored, archive);
    assertEquals(
        Set.of(name + "'/kernel", name + "'/bias"), KerasArchive.read(archive).weights().names());
    ExportOptions options = ExportOptions.defaults().classNames(List.of("x", "y", "z"));
    Path base = folder.resolve("base");
    Path version = SavedModels.export(stored.model(), stored.weights(), base, options);
    try (LoadedModel loaded = LoadedModel.open(version)) {
      ModelSignature signature = loaded.defaultSignature();
      assertEquals(Set.of(name, name + "_"), signature.inputs().keySet());
      Array one = Array.of(new float[] {1, 0}, 1, 2);
      Array two = Array.of(new float[] {0, 0}, 1, 2);
      Map<String, Array> answers =
          loaded.call(signature.name(), Map.of(name, one, name + "_", two));
      float[] scores = answers.values().iterator().next().floats();
      assertEquals(Math.E / (2 + Math.E), scores[2], 1e-6);
    }
    page(name, Files.readString(base.resolve(ServingGuide.FILE), UTF_8));
  }

  private static void page(String name, String page) {
    assertFalse(ACTING.matcher(page).find(), page);
    // A fence opens and closes with each pair: nothing of a name begins a line with one.
    List<String> fences = page.lines().filter(line -> line.startsWith("```")).toList();
    assertEquals(0, fences.size() % 2);
    for (int i = 0; i < fences.size(); i++) {
      assertEquals(i % 2 == 1, fences.get(i).equals("```"), page);
    }
    assertTrue(page.contains("request.inputs[" + Quoted.python(name) + "]"), page);
    String cell = Visible.of(name).replace("|", "\\|");
    List<String> rows = page.lines().filter(line -> line.startsWith("| in |")).toList();
    assertTrue(rows.stream().anyMatch(row -> row.contains(cell)), page);
    // A bar that is not escaped ends a cell.
    rows.forEach(row -> assertEquals(6, row.split("(?<!\\\\)\\|", -1).length, row));
  }

  @Test
  void pythonReadsWhatThePageSays() throws IOException, InterruptedException {
    String name = "q\"'\\$(id)`\u001b\u202e\udb40\udc41\n| x";
    Path base = folder.resolve("base");
    StoredModel stored = model(name);
    ExportOptions options = ExportOptions.defaults().classNames(List.of("x", "y", "z"));
    SavedModels.export(stored.model(), stored.weights(), base, options);
    String page = Files.readString(base.resolve(ServingGuide.FILE), UTF_8);
    String python = System.getenv("KERAVA_PYTHON");
    org.junit.jupiter.api.Assumptions.assumeTrue(python != null, "a machine with Python");
    String line =
        page.lines().filter(each -> each.startsWith("python3 -c ")).findFirst().orElseThrow();
    String command = line.replaceFirst("^python3", Quoted.shell(python)).replaceFirst(" \\|$", "");
    Process bash = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
    String got = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, bash.waitFor(), got);
    Set<String> keys =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree(got).get("examples").get(0).properties().stream()
                .map(Map.Entry::getKey)
                .collect(java.util.stream.Collectors.toSet());
    assertEquals(Set.of(name, name + "_"), keys);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\rb", "a\nb", "a\u2028b", "a\u0085b", "\u001bx", "\ud800", ""})
  void classesThatCouldBeTakenForOthersAreRefused(String name) {
    IllegalArgumentException refusal =
        org.junit.jupiter.api.Assertions.assertThrows(
            IllegalArgumentException.class,
            () -> ExportOptions.defaults().classNames(List.of("a", name)));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.startsWith("ExportOptions classNames: expected each on one line"), message);
    assertFalse(ACTING.matcher(message).find(), message);
  }

  @Test
  void classesOfOthersAreReadLineByLine() throws IOException {
    StoredModel stored = model("a");
    Path base = folder.resolve("base");
    ExportOptions options = ExportOptions.defaults().classNames(List.of("x", "y", "z"));
    Path version = SavedModels.export(stored.model(), stored.weights(), base, options);
    Path file = version.resolve("assets").resolve("class_names.txt");
    assertEquals("x\ny\nz\n", Files.readString(file));
    Files.writeString(file, "x\rx\r\ny\u2028\r\nz\r\n");
    try (LoadedModel loaded = LoadedModel.open(version)) {
      assertEquals(List.of("x\rx", "y\u2028", "z"), loaded.classNames());
    }
    Files.write(file, new byte[] {(byte) 0xff, '\n'});
    String message =
        org.junit.jupiter.api.Assertions.assertThrows(
                ModelFormatException.class, () -> LoadedModel.open(version).close())
            .getMessage();
    assertEquals(
        "class_names.txt: expected the names of classes in UTF-8, got other bytes.", message);
  }
}
