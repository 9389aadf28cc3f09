package kerava.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kerava.cli.OneSentence.isOneSentence;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import kerava.data.Npy;
import kerava.graph.Array;
import kerava.interop.KerasFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong, it is said in one sentence of the same form. */
final class BadInputTest {
  private static final Path ARCHIVE = KerasFixtures.file("own_3.8.0.keras");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --epochs 99999999999",
        "train --epochs -99999999999999999999999999",
        "train --epochs 1.5",
        "train --epochs ten",
        "train --epochs",
        "train --epochs 0x10",
        "train --epochs 1e3",
        "train --limit 99999999999",
        "train --limit -1",
        "train --limit NaN",
        "train --limit ²",
        "train --batch-size 2147483648",
        "train --batch-size -2147483649",
        "train --batch-size 0",
        "train --learning-rate Infinity",
        "train --learning-rate 1e999",
        "train --learning-rate 1e-60",
        "train --learning-rate -1",
        "train --learning-rate fast",
        "train --seed 99999999999999999999",
        "train --seed 0.5",
        "train --steps-per-execution 9999999999",
        "train --backup-every 3",
        "train --backup b --backup-every -9999999999",
        "train --device gpu:99999999999",
        "train --device cpu:-1",
        "train --device tpu",
        "train --device cpu,cpu",
        "train --mixed-precision float8",
        "train --model resnet99999999999999999999",
        "train --model wrn99999999_99999999999",
        "train --model -1",
        "train --recipe -2",
        "train --dataset -2",
        "train --data",
        "train --out m.onnx --dataset shapes",
        "train --out m.keras --dataset shapes",
        "train --dataset shapes --backup b.zip",
        "train --dataset shapes --dataset shapes",
        "train --quiet=perhaps",
        "train extra words here",
        "evaluate",
        "evaluate a b",
        "evaluate none.keras --limit 99999999999999",
        "evaluate none.keras",
        "predict",
        "predict none.keras none.png",
        "predict none.keras",
        "inspect",
        "inspect none",
        "plot",
        "plot none",
        "plot resnet20 picture.png",
        "plot resnet-2",
        "convert",
        "convert none.keras",
        "convert none.keras m.onnx",
        "convert none.keras m.keras",
        "completion extra",
        "devices extra",
        "devices --require",
        "devices --require tpu",
        "--nothing",
        "nothing",
        "-2",
        "-2130706432",
      })
  void onTheCommandLine(String words) {
    Run run = Run.of((Object[]) words.split(" "));
    assertNotEquals(0, run.code(), words);
    isOneSentence(words, run.err());
    assertFalse(Files.exists(Path.of("m.onnx")), words);
  }

  @Test
  void anUnknownLayerIsAnsweredWithTheNearestThree() throws IOException {
    Path odd = folder.resolve("odd.keras");
    rewritten(
        odd, config -> config.replace("\"class_name\": \"Conv2D\"", "\"class_name\": \"Conv2E\""));
    Run run = Run.of("inspect", odd);
    isOneSentence("unknown layer", run.err());
    assertTrue(run.err().contains("such as Conv2D"), run.err());
    assertTrue(run.err().contains("got \"Conv2E\""), run.err());
  }

  @Test
  void anUnknownKeyIsAnsweredWithTheNearestThree() throws IOException {
    Path odd = folder.resolve("odd.keras");
    rewritten(odd, config -> config.replaceFirst("\"filters\":", "\"filtres\": 1, \"filters\":"));
    Run run = Run.of("inspect", odd);
    isOneSentence("unknown key", run.err());
    assertTrue(run.err().contains("such as filters"), run.err());
  }

  private interface Change {
    String of(String config);
  }

  private static void rewritten(Path to, Change change) throws IOException {
    try (ZipFile from = new ZipFile(ARCHIVE.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      for (ZipEntry entry : from.stream().toList()) {
        byte[] content = from.getInputStream(entry).readAllBytes();
        out.putNextEntry(new ZipEntry(entry.getName()));
        boolean config = entry.getName().equals("config.json");
        out.write(config ? change.of(new String(content, UTF_8)).getBytes(UTF_8) : content);
      }
    }
  }

  @Test
  void longPathsAreShortenedAndKeepTheirEnds() throws IOException {
    Path deep = folder;
    for (int i = 0; i < 6; i++) {
      deep = Files.createDirectories(deep.resolve("d".repeat(100) + i));
    }
    Path file = deep.resolve("the model.keras");
    Files.writeString(file, "<html></html>");
    List<Run> runs = new ArrayList<>();
    runs.add(Run.of("inspect", file));
    runs.add(Run.of("inspect", file.resolveSibling("none.keras")));
    runs.add(Run.of("convert", ARCHIVE, deep.resolve("m.onnx")));
    runs.add(Run.of("train", "--dataset", deep.resolve("none")));
    runs.add(Run.of("train", "--dataset", "shapes", "--model", "x".repeat(1000)));
    runs.add(Run.of("train", "--" + "x".repeat(1000)));
    for (Run run : runs) {
      assertNotEquals(0, run.code());
      isOneSentence("long", run.err());
    }
    assertTrue(
        runs.get(0).err().contains("the model.keras: expected a .keras archive"),
        runs.get(0).err());
    assertTrue(runs.get(0).err().contains("got a web page (HTML)."), runs.get(0).err());
  }

  @Test
  void badRowsAreRefused() throws IOException {
    Path model = Path.of("savedmodels", "cifar10_cnn_pretrained.keras");
    Path rows = folder.resolve("rows.npy");
    Npy.write(rows, Array.of(new float[6], 2, 3));
    Path scalar = folder.resolve("scalar.npy");
    Npy.write(scalar, Array.of(new float[1]));
    Path none = folder.resolve("none.npy");
    Npy.write(none, Array.of(new float[0], 0, 32, 32, 3));
    Path text = Files.writeString(folder.resolve("text.npy"), "not numbers");
    Path huge = folder.resolve("huge.npy");
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967295, 32, 32, 3), }";
    Files.write(
        huge,
        ("\u0093NUMPY\u0001\u0000v\u0000" + header + " ".repeat(118 - header.length() - 1) + "\n")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    for (Path file : List.of(rows, scalar, text, huge, folder.resolve("absent.npy"), folder)) {
      for (Path asked : List.of(model, model.resolveSibling("cifar10_cnn_pretrained"))) {
        Run run = Run.of("predict", asked, file);
        assertNotEquals(0, run.code(), file + ": " + run.out());
        isOneSentence(file.toString(), run.err());
      }
    }
  }
}
