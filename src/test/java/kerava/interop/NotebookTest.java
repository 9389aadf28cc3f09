package kerava.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import kerava.cli.Run;
import kerava.data.Shapes;
import kerava.saving.KerasArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notebook takes over what Java trained and hands it back. */
@EnabledIfPython
final class NotebookTest {
  private static final int IMAGES = 320;
  private static final int STEPS_AN_EPOCH = 10;

  @TempDir Path folder;

  @Test
  void takesOverFromJavaAndHandsBack() throws Exception {
    Path images = images();
    run("train", "--data", images, "--limit", IMAGES, "--epochs", 2, "--seed", 3, "--quiet");

    PythonReference reference =
        new PythonReference(Path.of("tools/notebook/cifar10_cnn.ipynb"), folder)
            .tell("KERAVA_CIFAR10", images.toAbsolutePath())
            .tell("KERAVA_MODELS", models().toAbsolutePath())
            .tell("KERAVA_IMAGES", IMAGES)
            .tell("KERAVA_EPOCHS", 1);
    PythonReference.run("../notebook/run_notebook.py", reference);

    String printed = reference.report().get("printed").asText();
    JsonNode java = json(models().resolve("cifar10_cnn.report/history.json"));
    String figures =
        String.format(
            Locale.ROOT,
            "test accuracy %.4f, test loss %.4f",
            java.get("test_accuracy").asDouble(),
            java.get("test_loss").asDouble());
    assertTrue(printed.contains("Java's " + figures), printed);
    // The notebook itself asserts that the archive's and the SavedModel's figures are Java's.
    assertTrue(printed.contains(", after " + 2 * STEPS_AN_EPOCH + " steps"), printed);

    Path back = models().resolve("cifar10_cnn_python.keras");
    JsonNode python = json(models().resolve("cifar10_cnn_python.json"));
    assertEquals(3 * STEPS_AN_EPOCH, python.get("iterations").asInt());
    assertEquals(3 * STEPS_AN_EPOCH, iterations(back));
    JsonNode again =
        new ObjectMapper()
            .readTree(run("evaluate", back, "--data", images, "--limit", IMAGES, "--json"));
    assertEquals(python.get("test_accuracy").asDouble(), again.get("accuracy").asDouble(), 1e-6);
    assertEquals(python.get("test_loss").asDouble(), again.get("loss").asDouble(), 1e-5);

    run("train", "--model", back, "--data", images, "--limit", IMAGES, "--epochs", 1, "--quiet");
    assertEquals(4 * STEPS_AN_EPOCH, iterations(back));
  }

  private Path models() {
    return folder.resolve("models");
  }

  private static long iterations(Path archive) throws IOException {
    return KerasArchive.read(archive).optimizer().orElseThrow().iterations();
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  /** What a command prints; training writes where the notebook looks. */
  private String run(Object... words) {
    Object[] all = words;
    if (words[0].equals("train")) {
      all = Arrays.copyOf(words, words.length + 2);
      all[words.length] = "--out";
      all[words.length + 1] = models();
    }
    Run run = Run.of(all);
    assertEquals(0, run.code(), run.err());
    return run.out();
  }

  /** The real images, or else the built-in ones in files of the same form. */
  private Path images() throws IOException {
    String cifar = System.getenv("KERAVA_CIFAR10");
    if (cifar != null && !cifar.isEmpty()) {
      return Path.of(cifar);
    }
    Path made = Files.createDirectories(folder.resolve("cifar-10-batches-bin"));
    Shapes shapes = Shapes.of(1, IMAGES, 1);
    byte[] records = records(shapes);
    for (int batch = 1; batch <= 5; batch++) {
      write(made.resolve("data_batch_" + batch + ".bin"), records);
    }
    write(made.resolve("test_batch.bin"), records);
    return made;
  }

  private static byte[] records(Shapes shapes) {
    byte[] pixels = shapes.train().inputs().bytes();
    int[] labels = shapes.train().labels().ints();
    byte[] records = new byte[labels.length * 3073];
    for (int image = 0; image < labels.length; image++) {
      int record = image * 3073;
      records[record] = (byte) labels[image];
      for (int i = 0; i < 3072; i++) {
        records[record + 1 + i % 3 * 1024 + i / 3] = pixels[image * 3072 + i];
      }
    }
    return records;
  }

  /** Repeats records until there are as many as in a file of CIFAR-10. */
  private static void write(Path file, byte[] records) throws IOException {
    int left = 10_000 * 3073;
    try (OutputStream out = Files.newOutputStream(file)) {
      while (left > 0) {
        int length = Math.min(left, records.length);
        out.write(records, 0, length);
        left -= length;
      }
    }
  }
}
