package kerava.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.ModelCard;
import kerava.Sequential;
import kerava.StoredModel;
import kerava.config.Visible;
import kerava.files.NameList;
import kerava.files.RecordFile;
import kerava.layers.ActivationFunction;
import kerava.layers.Dense;
import kerava.layers.Flatten;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.SparseCategoricalAccuracy;
import kerava.optimizers.Adam;
import kerava.saving.KerasArchive;
import kerava.saving.LoadedModel;
import kerava.train.Trainer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** Names that a stranger's model brings, through every door by which they leave. */
final class NamesTest {
  /** Its own list: what is tested shall not say what is right. */
  private static final Pattern ACTING =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}&&[^\\n\\t]]");

  @TempDir private Path folder;

  static Stream<String> names() {
    return Stream.of(
        "a\u001b]0;PWNED\u0007\u001b[2Jb",
        "a\r\nkerava: done\nb",
        "\u0000tab\tdel\u007f\u0085\u009b31m",
        "\u202egnp.\u2066x\u2069\u200f\u200b\ufeff\udb40\udc41",
        "x\u2028y\u2029\u000b\u001cz",
        "=HYPERLINK(\"http://a\";\"b\")",
        "@a,b;\"c\"|`d```'e'$(id)",
        "</pre><script>alert(1)</script>&amp;\"'",
        "--help",
        "..\\..",
        "n".repeat(3000));
  }

  @ParameterizedTest
  @MethodSource("names")
  void areSeenAndNeverObeyed(String name) throws IOException {
    Path file = folder.resolve("m.keras");
    write(file, name);
    Path data = folder.resolve("data");
    boolean fits = NameList.fits(name);
    boolean folders = folders(data, name);

    said(0, "inspect", file);
    said(0, "predict", file, picture(data));
    Run evaluated = said(folders ? 0 : 1, "evaluate", file, "--dataset", data, "--json");
    if (folders) {
      assertTrue(new ObjectMapper().readTree(evaluated.out()).has(name), evaluated.out());
    }
    said(0, "plot", file, folder.resolve("m.svg"));
    said(fits ? 0 : 1, "convert", file, folder.resolve("saved"));
    if (fits) {
      try (LoadedModel saved = LoadedModel.open(folder.resolve("saved"))) {
        assertEquals(List.of(name, "b", "c"), saved.classNames());
      }
    }
    Path out = folder.resolve("out");
    Object[] words = {
      "train",
      "--model",
      file,
      "--dataset",
      data,
      "--epochs",
      1,
      "--out",
      out,
      "--tensorboard",
      folder.resolve("logs"),
      "--limit",
      32,
      "--batch-size",
      8
    };
    Run trained = said(0, words);
    Matcher epoch = Pattern.compile("(?m)^Epoch 1/1 - .*").matcher(trained.out());
    assertTrue(epoch.find(), trained.out());
    assertTrue(epoch.group().contains(" - " + Visible.of(name) + ": "), epoch.group());
    report(name, out.resolve("m.report"), folders);
    scan();
  }

  private Run said(int code, Object... words) {
    Run run = Run.of(words);
    assertEquals(code, run.code(), run.err());
    assertFalse(ACTING.matcher(run.out()).find(), run.out());
    assertFalse(ACTING.matcher(run.err()).find(), run.err());
    if (code != 0) {
      assertEquals(1, run.err().lines().count(), run.err());
      assertTrue(run.err().startsWith("kerava: "), run.err());
    }
    return run;
  }

  private static void write(Path file, String name) throws IOException {
    Model model =
        Sequential.of(
                Input.of(32, 32, 3),
                Flatten.of().named(name.replace("/", "")),
                Dense.of(3).activation(ActivationFunction.SOFTMAX))
            .named(name);
    CompileSettings settings =
        CompileSettings.of(
            Adam.of(0.01),
            SparseCategoricalCrossentropy.of(),
            SparseCategoricalAccuracy.of().named(name));
    try (Trainer trainer =
        Trainer.compile(model, settings, kerava.train.TrainerOptions.defaults())) {
      KerasArchive.write(
          StoredModel.of(trainer).card(ModelCard.blank().classNames(List.of(name, "b", "c"))),
          file);
    }
    StoredModel read = KerasArchive.read(file);
    assertEquals(List.of(name, "b", "c"), read.card().classNames());
    assertEquals(name, read.model().name());
    assertEquals(name.replace("/", ""), read.model().layers().get(0).name());
    assertFalse(ACTING.matcher(read.model().summary()).find());
  }

  /** Images in folders of the classes' names; false where no folder can be called so. */
  private static boolean folders(Path data, String name) throws IOException {
    boolean possible = NameList.fits(name) && name.indexOf('/') < 0 && name.length() < 200;
    for (String one : List.of(possible ? name : "a", "b", "c")) {
      Path place = Files.createDirectories(data.resolve(one));
      for (int i = 0; i < 4; i++) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        image.setRGB(i, i, 0x808080 * (i + 1));
        ImageIO.write(image, "png", place.resolve(i + ".png").toFile());
      }
    }
    return possible;
  }

  private static Path picture(Path data) {
    return data.resolve("b").resolve("0.png");
  }

  private static void report(String name, Path report, boolean named) throws IOException {
    Document page = Jsoup.parse(report.resolve("report.html"), "UTF-8");
    assertTrue(page.select("script, [onload]").isEmpty(), page.html());
    String shown = Visible.of(name);
    List<String> epochs = page.select("#epochs thead th").eachText();
    assertEquals(6, epochs.size(), epochs.toString());
    assertTrue(
        page.select("th").stream().anyMatch(th -> th.wholeText().equals(shown.replace('_', ' '))));
    if (named) {
      assertEquals(
          List.of(shown, "b", "c"),
          page.select("tbody td.bar").stream()
              .map(bar -> bar.parent().selectFirst("th").wholeText())
              .toList());
    }
    JsonNode history = new ObjectMapper().readTree(report.resolve("history.json").toFile());
    assertEquals(4, history.get("history").size());
    assertTrue(history.get("history").has(name));
    assertTrue(history.has("test_" + name));
  }

  /** Looks at all that was written: texts, and the tags of TensorBoard. */
  private void scan() throws IOException {
    int texts = 0;
    int tags = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String end = String.valueOf(file.getFileName());
        if (end.matches(".*\\.(html|json|md|svg|txt|csv)")) {
          texts++;
          String text = Files.readString(file, UTF_8);
          // Names of classes stand in their file as they are, each on its line.
          boolean plain = end.equals("class_names.txt");
          assertFalse(!plain && ACTING.matcher(text).find(), () -> file + "\n" + text);
        } else if (end.contains("tfevents")) {
          for (byte[] record : RecordFile.read(file)) {
            for (Summary.Value value : Event.parseFrom(record).getSummary().getValueList()) {
              tags++;
              assertFalse(ACTING.matcher(value.getTag()).find(), value.getTag());
            }
          }
        }
      }
    }
    assertTrue(texts >= 6 && tags >= 4, Map.of("texts", texts, "tags", tags).toString());
  }
}
