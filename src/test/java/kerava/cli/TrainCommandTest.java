package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import kerava.DTypePolicy;
import kerava.StoredModel;
import kerava.data.Shapes;
import kerava.data.TfRecords;
import kerava.graph.Weights;
import kerava.saving.KerasArchive;
import org.junit.jupiter.api.Test;

/** Training from the command line, and the files that it leaves behind. */
final class TrainCommandTest extends TrainingFolder {
  @Test
  void leavesAModelASavedModelAndAReport() throws IOException {
    Path logs = folder.resolve("logs");
    Run run = train("--epochs", 2, "--tensorboard", logs);
    assertTrue(Files.isDirectory(logs.resolve("train")));
    assertTrue(Files.isDirectory(logs.resolve("validation")));
    assertEquals(0, run.code(), run.err());
    assertEquals("", run.err());
    assertTrue(run.out().contains("(96, 32, 32, 3)"), run.out());
    assertTrue(run.out().contains("Epoch 2/2 - "), run.out());
    assertTrue(run.out().matches("(?s).*Test accuracy: 0\\.\\d{4}.*"), run.out());
    Path report = folder.resolve("shapes_cnn.report");
    for (String name :
        List.of("report.html", "history.json", "history.png", "samples.png", "predictions.png")) {
      assertTrue(Files.size(report.resolve(name)) > 0, name);
    }
    assertTrue(Files.isRegularFile(folder.resolve("shapes_cnn/1/saved_model.pb")));
    StoredModel stored = KerasArchive.read(folder.resolve("shapes_cnn.keras"));
    assertEquals(Shapes.classNames(), stored.card().classNames());
    assertEquals(6, stored.optimizer().orElseThrow().iterations());
    JsonNode history = new ObjectMapper().readTree(report.resolve("history.json").toFile());
    assertEquals(2, history.path("history").path("val_accuracy").size());
    assertEquals(2, history.path("seconds_per_epoch").size());
    assertTrue(history.path("test_accuracy").isNumber());
    assertTrue(history.path("test_loss").isNumber());
  }

  @Test
  void mixedPrecisionSparesTheLayerThatGivesTheOutput() throws IOException {
    assertEquals(0, train("--epochs", 1, "--mixed-precision", "bfloat16").code());
    StoredModel stored = KerasArchive.read(folder.resolve("shapes_cnn.keras"));
    assertEquals(
        Set.of(DTypePolicy.FLOAT32, DTypePolicy.MIXED_BFLOAT16), stored.model().policies());
    assertEquals(DTypePolicy.FLOAT32, stored.model().layer("dense_1").layer().policy());
    assertEquals(DTypePolicy.MIXED_BFLOAT16, stored.model().layer("dense").layer().policy());
    assertEquals(0, train("--epochs", 1, "--mixed-precision", "float16").code());
    Run further = train("--epochs", 1, "--model", folder.resolve("shapes_cnn.keras"));
    assertEquals(0, further.code(), further.err());

    Run wrong = train("--mixed-precision", "float64");
    assertEquals(2, wrong.code());
    assertTrue(wrong.err().contains("expected bfloat16 or float16, got \"float64\""), wrong.err());
  }

  @Test
  void severalDevicesShareABatchAndGiveTheSameModel() throws IOException {
    Run one = train("--epochs", 1, "--device", "cpu");
    assertEquals(0, one.code(), one.err());
    Weights weights = KerasArchive.read(folder.resolve("shapes_cnn.keras")).weights();
    Run three = train("--epochs", 1, "--device", "cpu:0,cpu:1,cpu:2");
    assertEquals(0, three.code(), three.err());
    assertTrue(three.out().contains("Running on: 3 devices, CPU with "), three.out());
    Weights other = KerasArchive.read(folder.resolve("shapes_cnn.keras")).weights();
    for (String name : weights.names()) {
      assertArrayEquals(weights.get(name).floats(), other.get(name).floats(), 1e-4f, name);
    }
    JsonNode report =
        new ObjectMapper().readTree(folder.resolve("shapes_cnn.report/history.json").toFile());
    assertEquals("cpu:0,cpu:1,cpu:2", report.at("/settings/device").asText());
  }

  @Test
  void xlaIsAskedForAndSaid() throws IOException {
    Run run = train("--epochs", 1, "--jit-compile", "--limit", 32);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains(", compiled by XLA"), run.out());
    JsonNode report =
        new ObjectMapper().readTree(folder.resolve("shapes_cnn.report/history.json").toFile());
    assertTrue(report.at("/settings/jit_compile").asBoolean());
  }

  @Test
  void theSameSeedGivesTheSameHistory() throws IOException {
    assertEquals(0, train("--epochs", 1, "--quiet").code());
    JsonNode first = history();
    assertEquals(0, train("--epochs", 1, "--quiet").code());
    assertEquals(first, history());
    assertTrue(Files.isDirectory(folder.resolve("shapes_cnn/2")));

    Run several = train("--epochs", 1, "--quiet", "--steps-per-execution", 3);
    assertTrue(several.out().contains(", up to 3 steps a run, data fed"), several.out());
    assertEquals(first, history());
  }

  @Test
  void trainsOnRecords() throws IOException {
    Path records = folder.resolve("records");
    TfRecords.write(Shapes.load().train().take(64), records.resolve("train.tfrecord"));
    TfRecords.write(Shapes.load().test().take(16), records.resolve("test.tfrecord"));
    Path out = folder.resolve("out");
    Run run = Run.of("train", "--dataset", records, "--epochs", 1, "--out", out);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("(64, 32, 32, 3)"), run.out());
    assertTrue(Files.exists(out.resolve("records_cnn.keras")));
    Files.write(records.resolve("test.tfrecord"), new byte[30]);
    Run damaged = Run.of("train", "--dataset", records, "--out", out);
    assertEquals(1, damaged.code());
    assertEquals(1, damaged.err().lines().count(), damaged.err());
    assertTrue(damaged.err().contains("test.tfrecord, byte 0: "), damaged.err());
  }

  @Test
  void listsRecipes() {
    Run run = Run.of("train", "--recipe", "list");
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out().contains("baseline       the notebook: three convolutions and Adam; 10 epochs"),
        run.out());
    assertEquals(kerava.examples.Recipes.all().size(), run.out().lines().count());
  }

  @Test
  void trainsANetworkByItsName() {
    Run run = train("--model", "cifar10_cnn", "--epochs", 1, "--limit", 16, "--quiet");
    assertEquals(0, run.code(), run.err());
    assertTrue(Files.exists(folder.resolve("shapes_cnn.keras")));
    run = train("--model", "resnet8", "--epochs", 1, "--limit", 16, "--quiet");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("Model: \"resnet8\""), run.out());
    assertTrue(Files.exists(folder.resolve("shapes_resnet8.keras")));
  }
}
