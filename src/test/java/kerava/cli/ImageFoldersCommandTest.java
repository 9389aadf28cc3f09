package kerava.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import kerava.saving.KerasArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Own images on the command line: parts, damaged ones, limits, folders to write to. */
final class ImageFoldersCommandTest extends ImageFolders {
  @ParameterizedTest
  @CsvSource({
    "train,validation",
    "train,val",
    "Train,Test",
    "training,testing",
    "TRAIN,VALID",
  })
  void partsAreWhatTheirFoldersSay(String train, String test) throws IOException {
    paint("data/" + train + "/cat", 8);
    paint("data/" + train + "/dog", 6);
    paint("data/" + test + "/cat", 3);
    paint("data/" + test + "/dog", 2);
    Run run = train(folder.resolve("data"), "--quiet");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("Training images: (14, 32, 32, 3)"), run.out());
    assertTrue(run.out().contains("Test images: (5, 32, 32, 3)"), run.out());
    assertTrue(run.out().contains("Looked at 19 images."), run.out());
    Path archive = folder.resolve("out/data_cnn.keras");
    assertEquals(List.of("cat", "dog"), KerasArchive.read(archive).card().classNames());
    Run evaluated = Run.of("evaluate", archive, "--dataset", folder.resolve("data"));
    assertTrue(evaluated.out().contains("Images: 5"), evaluated.out());
    assertTrue(evaluated.out().contains("Data: images from " + test + " in "), evaluated.out());
  }

  @Test
  void ofThreePartsTheOneForValidationIsUsedWhileTraining() throws IOException {
    for (String name : List.of("cat", "dog")) {
      paint("data/train/" + name, 8);
      paint("data/val/" + name, 3);
      paint("data/test/" + name, 2);
    }
    Run run = train(folder.resolve("data"));
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("Validation images: (6, 32, 32, 3)"), run.out());
    assertTrue(run.out().contains("Test images: (4, 32, 32, 3)"), run.out());
    Run evaluated =
        Run.of(
            "evaluate", folder.resolve("out/data_cnn.keras"), "--dataset", folder.resolve("data"));
    assertTrue(evaluated.out().contains("Images: 4"), evaluated.out());
  }

  @Test
  void aLimitIsDrawnOverAllClasses() throws IOException {
    for (String name : List.of("cat", "dog", "owl")) {
      paint("data/train/" + name, 9);
      paint("data/test/" + name, 9);
    }
    Run run = train(folder.resolve("data"), "--quiet", "--limit", 6);
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out().contains("(at most 6 images of each part, drawn over all classes with seed 1)"),
        run.out());
    // A confusion of one class alone would have no other row.
    String page = Files.readString(folder.resolve("out/data_cnn.report/report.html"));
    for (String name : List.of("cat", "dog", "owl")) {
      assertTrue(page.contains(name));
    }
  }

  @Test
  void damagedImagesStopItBeforeAnythingIsDone() throws IOException {
    paint("data/cat", 6);
    paint("data/dog", 6);
    Path damaged = folder.resolve("data/dog/3.png");
    byte[] whole = Files.readAllBytes(damaged);
    Files.write(damaged, java.util.Arrays.copyOf(whole, whole.length / 2));
    Run run = train(folder.resolve("data"), "--quiet");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("dog/3.png: expected a whole PNG"), run.err());
    assertFalse(Files.exists(folder.resolve("out")));
    Run skipped = train(folder.resolve("data"), "--quiet", "--on-damaged", "skip");
    assertEquals(0, skipped.code(), skipped.err());
    assertTrue(
        skipped.out().contains("Looked at 12 images; left out as damaged: 1 (dog/3.png)."),
        skipped.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"o[1]", "o\\x", "a[b]/c"})
  void pathsThatTensorFlowTakesForPatternsAreRefusedBeforeTraining(String out) throws IOException {
    paint("data/cat", 6);
    paint("data/dog", 6);
    Run run = Run.of("train", "--dataset", folder.resolve("data"), "--out", folder.resolve(out));
    refused(run, "expected a path without [ and \\, which TensorFlow takes for a pattern");
    try (Stream<Path> left = Files.walk(folder)) {
      assertTrue(left.noneMatch(path -> path.toString().endsWith(".keras")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"o*x", "o?x", "o]x", "o{a}", "o'x", "o é猫"})
  void otherPathsAreWrittenAndReadAgain(String out) throws IOException {
    paint("data/cat", 6);
    paint("data/dog", 6);
    Path to = folder.resolve(out);
    Run run =
        Run.of("train", "--dataset", folder.resolve("data"), "--out", to, "--epochs", 1, "--quiet");
    assertEquals(0, run.code(), run.err());
    for (String model : List.of("data_cnn", "data_cnn.keras")) {
      Run evaluated = Run.of("evaluate", to.resolve(model), "--dataset", folder.resolve("data"));
      assertEquals(0, evaluated.code(), evaluated.err());
    }
  }
}
