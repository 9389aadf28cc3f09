package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import kerava.DTypePolicy;
import kerava.StoredModel;
import kerava.data.Dataset;
import kerava.data.Npy;
import kerava.data.Shapes;
import kerava.data.TfRecords;
import kerava.files.Holder;
import kerava.files.PlaceLock;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.interop.KerasFixtures;
import kerava.saving.KerasArchive;
import kerava.train.Predictor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training from the command line, and what can be done with what it leaves behind. */
class TrainCommandTest {
  @TempDir private Path folder;

  private Run train(Object... more) {
    List<Object> words =
        new java.util.ArrayList<>(
            List.of("train", "--dataset", "shapes", "--out", folder, "--seed", 7));
    if (!List.of(more).contains("--limit")) {
      words.addAll(List.of("--limit", 96));
    }
    words.addAll(List.of(more));
    return Run.of(words.toArray());
  }

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
  void whoComesSecondIsToldWhoIsThere() throws Exception {
    Path backup = folder.resolve("backup");
    try (Holder first = Holder.start(Neighbor.class, backup.toString(), folder.toString())) {
      String who = "process " + first.pid() + " on ";
      Run refused = train("--epochs", 1, "--backup", backup);
      assertEquals(1, refused.code());
      assertTrue(
          refused
              .err()
              .startsWith(
                  "kerava: BackupAndRestore: expected to be alone at " + backup + ", got " + who),
          refused.err());
      assertEquals("", refused.out(), "read its data first");
      Run beside = train("--epochs", 1);
      assertEquals(0, beside.code(), beside.err());
      assertTrue(beside.err().startsWith("kerava: --out: " + who), beside.err());
      assertTrue(
          beside
              .err()
              .endsWith(
                  "trains into "
                      + folder.resolve("shapes_cnn")
                      + ", too. This run gets a number of its own.\n"),
          beside.err());
    }
    Run alone = train("--epochs", 1, "--backup", backup);
    assertEquals(0, alone.code(), alone.err());
    assertEquals("", alone.err());
    try (Stream<Path> left = Files.walk(folder)) {
      assertEquals(
          List.of(folder.resolve("shapes_cnn/.lock")),
          left.filter(path -> path.getFileName().toString().startsWith(".")).toList());
    }
  }

  /** Stands for a training, which holds the same places. */
  static final class Neighbor {
    private Neighbor() {}

    public static void main(String[] args) throws Exception {
      PlaceLock backup = PlaceLock.folder("BackupAndRestore", Path.of(args[0]));
      PlaceLock out = PlaceLock.file("--out", Path.of(args[1]).resolve("shapes_cnn"));
      System.out.println("ready");
      Thread.sleep(300_000);
      backup.close();
      out.close();
    }
  }

  @Test
  void severalDevicesAreEachNamedOnce() {
    for (String wrong : List.of("cpu:0,cpu:0", "auto,cpu:0", "gpu,gpu:0")) {
      Run run = train("--device", wrong);
      assertEquals(2, run.code());
      assertTrue(
          run.err().contains("--device: expected one, or several CPUs or GPUs, each once, got ["),
          run.err());
    }
    assertEquals(2, train("--device", "cpu:0,tpu").code());
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

  private JsonNode history() throws IOException {
    Path file = folder.resolve("shapes_cnn.report/history.json");
    return new ObjectMapper().readTree(file.toFile()).path("history");
  }

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

  /** The file's network is for other images, which is refused after the note. */
  @Test
  void saysWhatAFileHasThatItLacks() {
    Path odd = KerasFixtures.file("keras3_odd.keras");
    Run run = Run.of("train", "--model", odd, "--dataset", "shapes", "--out", folder);
    assertTrue(run.out().startsWith("Note: Of its training the metrics were left out:"), run.out());
    assertEquals(1, run.code());
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
  void refusesABackupThatIsNone() throws IOException {
    Path backup = Files.createDirectories(folder.resolve("backup"));
    Files.writeString(backup.resolve("training.backup"), "a diary");
    Run run = train("--epochs", 1, "--backup", backup);
    assertEquals(1, run.code());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("training.backup, byte 0: expected a record"), run.err());
    assertTrue(run.err().endsWith("Delete it to begin anew.\n"), run.err());
    assertEquals(2, train("--epochs", 1, "--backup-every", 3).code());
  }

  private static List<Long> dimensions(Array array) {
    return java.util.Arrays.stream(array.shape().asArray()).boxed().toList();
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

  @Test
  void aLossThatIsNoNumberIsSaidAndNothingIsWritten() throws IOException {
    Run run = train("--epochs", 1, "--learning-rate", "1e30");
    assertEquals(1, run.code());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("at step "), run.err());
    assertTrue(run.err().contains("learning rate"), run.err());
    assertNothingIn(folder);
  }

  @Test
  void aLastStepThatSpoilsAllIsSaidAndNothingIsWritten() throws IOException {
    Run run = train("--epochs", 1, "--limit", 32, "--learning-rate", "3e38");
    assertEquals(1, run.code(), run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("expected a finite loss, but the test loss is NaN"), run.err());
    assertNothingIn(folder);
  }

  @Test
  void aFolderThatHoldsSomethingElseIsLeftAlone() throws IOException {
    Path foreign = Files.createDirectories(folder.resolve("shapes_cnn"));
    Files.writeString(foreign.resolve("thesis.txt"), "years of work");
    Run run = train("--epochs", 1);
    assertEquals(1, run.code());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("thesis.txt"), run.err());
    assertFalse(run.err().contains("Exception"), run.err());
    assertEquals("years of work", Files.readString(foreign.resolve("thesis.txt")));
    assertFalse(Files.exists(folder.resolve("shapes_cnn.keras")));
  }

  @Test
  void aReportFolderThatHoldsSomethingElseIsNamedOnce() throws IOException {
    Path foreign = Files.createDirectories(folder.resolve("shapes_cnn.report"));
    Files.writeString(foreign.resolve("notes.txt"), "mine");
    assertEquals(
        "kerava: shapes_cnn.report: expected no folder, or one with an earlier report and nothing"
            + " else, got one that holds \"notes.txt\". Move it away, or choose another name.\n",
        train("--epochs", 1).err());
  }

  @Test
  void anOutFolderThatCannotBeIsRefusedBeforeTraining() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Run run = Run.of("train", "--dataset", "shapes", "--limit", 10, "--out", file.resolve("x"));
    assertEquals(1, run.code());
    assertEquals(
        "kerava: --out: expected a folder to write in "
            + file.resolve("x")
            + ", got a file at "
            + file
            + ". Move it away, or choose another place.\n",
        run.err());
    assertFalse(run.out().contains("Epoch"), run.out());
  }

  @Test
  void aTensorBoardFolderThatCannotBeIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Run run = train("--epochs", 1, "--tensorboard", file);
    assertEquals(1, run.code());
    assertTrue(
        run.err().startsWith("kerava: TensorBoard: expected a folder to write in " + file),
        run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void aDamagedBatchFileIsNamed() throws IOException {
    Path batches = Files.createDirectories(folder.resolve("cifar-10-batches-bin"));
    for (String name :
        List.of(
            "data_batch_1",
            "data_batch_2",
            "data_batch_3",
            "data_batch_4",
            "data_batch_5",
            "test_batch")) {
      Files.write(batches.resolve(name + ".bin"), new byte[1000]);
    }
    Run run = Run.of("train", "--data", batches, "--out", folder.resolve("out"));
    assertEquals(1, run.code());
    assertTrue(run.err().contains("expected 30730000 bytes"), run.err());
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void aStackTraceIsShownOnRequestOnly() {
    Run plain = Run.of("inspect", folder.resolve("none.keras"));
    assertEquals(1, plain.code());
    assertEquals(1, plain.err().lines().count(), plain.err());
    Run full = Run.of("inspect", folder.resolve("none.keras"), "--stacktrace");
    assertTrue(full.err().contains("\tat "), full.err());
  }

  private static void assertNothingIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }
}
