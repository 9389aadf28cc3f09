package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kerava.StoredModel;
import kerava.data.Dataset;
import kerava.data.Npy;
import kerava.data.Shapes;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.saving.KerasArchive;
import kerava.train.Predictor;
import org.junit.jupiter.api.Test;

/** What can be done with what a training leaves behind: evaluate, predict, train further. */
final class TrainedModelTest extends TrainingFolder {
  @Test
  void evaluatesTheMeanOverImagesAndTheirMirrorImages() throws IOException {
    assertEquals(0, train("--epochs", 1).code());
    Path archive = folder.resolve("shapes_cnn.keras");
    Dataset test = Shapes.load().test().take(96);
    StoredModel stored = KerasArchive.read(archive);
    double loss = 0;
    try (Predictor predictor = Predictor.of(stored.model(), stored.weights(), Device.cpu())) {
      float[] straight = predictor.predict(test).floats();
      float[] turned = predictor.predict(test.mirrored(image -> true)).floats();
      int classes = straight.length / test.size();
      for (int i = 0; i < test.size(); i++) {
        int own = i * classes + test.labels().ints()[i];
        loss -= Math.log((straight[own] + turned[own]) / 2) / test.size();
      }
    }
    for (Path model : List.of(archive, folder.resolve("shapes_cnn"))) {
      Run run =
          Run.of("evaluate", model, "--mirrored", "--dataset", "shapes", "--limit", 96, "--json");
      assertEquals(0, run.code(), run.err());
      JsonNode figures = new ObjectMapper().readTree(run.out());
      assertEquals(loss, figures.path("loss").doubleValue(), 1e-5, model.toString());
    }
  }

  @Test
  void whatItWritesCanBeTrainedOnEvaluatedAskedAndInspected() throws IOException {
    assertEquals(0, train("--epochs", 1).code());
    Path model = folder.resolve("shapes_cnn.keras");

    Run evaluated = Run.of("evaluate", model, "--dataset", "shapes", "--limit", 96, "--json");
    assertEquals(0, evaluated.code(), evaluated.err());
    JsonNode figures = new ObjectMapper().readTree(evaluated.out());
    JsonNode trained =
        new ObjectMapper().readTree(folder.resolve("shapes_cnn.report/history.json").toFile());
    assertEquals(
        trained.path("test_accuracy").doubleValue(), figures.path("accuracy").doubleValue());
    assertEquals(trained.path("test_loss").doubleValue(), figures.path("loss").doubleValue(), 1e-6);

    Path rows = folder.resolve("rows.npy");
    Npy.write(rows, Array.of(new float[2 * 32 * 32 * 3], 2, 32, 32, 3));
    Path answers = folder.resolve("answers.npy");
    Run asked = Run.of("predict", model, rows, "--output", answers);
    assertEquals(0, asked.code(), asked.err());
    assertEquals(List.of(2L, 10L), dimensions(Npy.read(answers)));

    Run inspected = Run.of("inspect", model);
    assertEquals(0, inspected.code(), inspected.err());
    assertTrue(inspected.out().contains("conv2d_2"), inspected.out());
    assertTrue(inspected.out().contains("Optimizer state: 3 steps"), inspected.out());

    Run further =
        Run.of(
            "train",
            "--model",
            model,
            "--dataset",
            "shapes",
            "--limit",
            96,
            "--epochs",
            1,
            "--out",
            folder);
    assertEquals(0, further.code(), further.err());
    assertEquals(6, KerasArchive.read(model).optimizer().orElseThrow().iterations());
  }

  @Test
  void goesOnAfterItWasKilled() throws IOException, InterruptedException {
    Path backup = folder.resolve("backup");
    Object[] more = {"--epochs", 3, "--backup", backup, "--backup-every", 2};
    Process process = killable(more);
    for (int i = 0; i < 1200 && !Files.exists(backup.resolve("training.backup")); i++) {
      Thread.sleep(50);
    }
    process.destroyForcibly().waitFor();
    assertTrue(Files.exists(backup.resolve("training.backup")));
    assertFalse(Files.exists(folder.resolve("shapes_cnn.keras")));

    Run other = train("--epochs", 3, "--backup", backup, "--batch-size", 16);
    assertEquals(1, other.code());
    assertTrue(other.err().contains("got one with batch size 32, not 16."), other.err());
    // In processes of their own, because an earlier session decides on threads.
    assertEquals(0, killable(more).waitFor());
    String out = Files.readString(folder.resolve("out.txt"));
    assertTrue(out.contains("Going on from the backup of an earlier run."), out);
    assertEquals(
        9,
        KerasArchive.read(folder.resolve("shapes_cnn.keras"))
            .optimizer()
            .orElseThrow()
            .iterations());
    assertFalse(Files.exists(backup.resolve("training.backup")));
    JsonNode first = history();
    assertEquals(0, killable("--epochs", 3).waitFor());
    assertEquals(first, history());
  }

  private Process killable(Object... more) throws IOException {
    List<String> words =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "kerava.cli.Main",
                "train"));
    words.addAll(
        List.of("--dataset", "shapes", "--limit", "96", "--out", "" + folder, "--seed", "7"));
    for (Object word : more) {
      words.add(String.valueOf(word));
    }
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out.txt").toFile())
        .start();
  }

  private static List<Long> dimensions(Array array) {
    return java.util.Arrays.stream(array.shape().asArray()).boxed().toList();
  }

  @Test
  void trainsByARecipeWhoseModelCanBeEvaluatedAndTrainedOn() throws IOException {
    Run run = train("--recipe", "fast", "--epochs", 2, "--batch-size", 16);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("whitening (Conv2D)"), run.out());
    assertTrue(run.out().contains("Epoch 2/2 - "), run.out());
    Path model = folder.resolve("shapes_fast.keras");
    assertEquals(12, KerasArchive.read(model).optimizer().orElseThrow().iterations());
    JsonNode trained =
        new ObjectMapper().readTree(folder.resolve("shapes_fast.report/history.json").toFile());
    assertEquals(16, trained.path("settings").path("batch_size").asInt());
    assertEquals(0.4, trained.path("settings").path("learning_rate").asDouble());
    for (Path file : List.of(model, folder.resolve("shapes_fast"))) {
      Run evaluated = Run.of("evaluate", file, "--dataset", "shapes", "--limit", 96, "--json");
      assertEquals(0, evaluated.code(), evaluated.err());
      assertEquals(
          trained.path("test_accuracy").doubleValue(),
          new ObjectMapper().readTree(evaluated.out()).path("accuracy").doubleValue());
    }
    Run further =
        Run.of(
            "train",
            "--model",
            model,
            "--dataset",
            "shapes",
            "--limit",
            32,
            "--epochs",
            1,
            "--out",
            folder);
    assertEquals(0, further.code(), further.err());
  }
}
