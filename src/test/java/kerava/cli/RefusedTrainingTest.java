package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import kerava.files.Holder;
import kerava.files.PlaceLock;
import kerava.interop.KerasFixtures;
import org.junit.jupiter.api.Test;

/** Trainings that are refused, or fail: what is said, and that nothing is left behind. */
final class RefusedTrainingTest extends TrainingFolder {
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

  /** The file's network is for other images, which is refused after the note. */
  @Test
  void saysWhatAFileHasThatItLacks() throws IOException {
    Path odd = Files.copy(KerasFixtures.file("keras3_odd.keras"), folder.resolve("odd.keras"));
    try (FileSystem archive = FileSystems.newFileSystem(odd)) {
      Path config = archive.getPath("config.json");
      Files.writeString(config, Files.readString(config).replace("\"AUC\"", "\"MyMetric\""));
    }
    Run run = Run.of("train", "--model", odd, "--dataset", "shapes", "--out", folder);
    assertTrue(run.out().startsWith("Note: Of its training the metrics were left out:"), run.out());
    assertEquals(1, run.code());
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
