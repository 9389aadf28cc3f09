package kerava.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.train.Evaluation;
import kerava.train.History;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

final class TrainingReportTest {
  private static final List<String> ALL =
      List.of(
          "confusion.png",
          "history.json",
          "history.png",
          "mistakes.png",
          "picture.png",
          "predictions.png",
          "report.html",
          "samples.png");

  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void nameFolder() {
    folder = parent.resolve("small.report");
  }

  @Test
  void writesItsFilesAndNothingElse() throws IOException {
    Example.report().writeTo(folder);
    assertEquals(ALL, names(folder));
    assertEquals(List.of("small.report"), names(parent));
  }

  @Test
  void copiesAllOfItselfAndNothingElse() throws IOException {
    Example.report().writeTo(folder);
    Path twin = parent.resolve("twin.report");
    TrainingReport.copy(folder, twin);
    assertEquals(ALL, names(twin));
    for (String name : ALL) {
      assertEquals(-1, Files.mismatch(folder.resolve(name), twin.resolve(name)), name);
    }
    Files.writeString(twin.resolve("notes.txt"), "mine");
    assertThrows(FileAlreadyExistsException.class, () -> TrainingReport.copy(folder, twin));
  }

  @Test
  void makesFoldersThatAreMissing() throws IOException {
    Path deep = parent.resolve("a").resolve("b").resolve("c.report");
    Example.report().writeTo(deep);
    assertEquals(ALL, names(deep));
  }

  @Test
  void writesTheSameFilesTwice() throws IOException {
    Path other = parent.resolve("other.report");
    Example.report().writeTo(folder);
    Example.report().writeTo(other);
    for (String name : ALL) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve(name)), Files.readAllBytes(other.resolve(name)), name);
    }
  }

  @Test
  void replacesAnEarlierReportAsAWhole() throws IOException {
    Example.report().writeTo(folder);
    byte[] before = Files.readAllBytes(folder.resolve("report.html"));
    TestRun faultless =
        new TestRun(
            Example.samples().take(1),
            Array.of(new float[] {1, 0, 0}, 1, 3),
            Example.test().evaluation());
    TrainingReport.of(Example.model(), Example.history(), faultless).writeTo(folder);
    assertFalse(Files.exists(folder.resolve("mistakes.png")), "no mistake is left to show");
    assertFalse(Arrays.equals(before, Files.readAllBytes(folder.resolve("report.html"))));
    assertEquals(List.of("small.report"), names(parent));
  }

  @Test
  void refusesFolderThatHoldsSomethingElse() throws IOException {
    Files.createDirectory(folder);
    Files.writeString(folder.resolve("notes.txt"), "mine");
    String expected =
        "small.report: expected no folder, or one with an earlier report and nothing else, got one"
            + " that holds \"notes.txt\". Move it away, or choose another name.";
    assertEquals(expected, refusal(() -> Example.report().writeTo(folder)));
    assertEquals(expected, refusal(() -> TrainingReport.checkFolder(folder)));
    assertEquals("mine", Files.readString(folder.resolve("notes.txt")));
    assertEquals(List.of("notes.txt"), names(folder));
    assertEquals(List.of("small.report"), names(parent));
  }

  @Test
  void refusesFolderWithAFolderUnderItsNames() throws IOException {
    Files.createDirectories(folder.resolve("report.html"));
    assertTrue(refusal(() -> Example.report().writeTo(folder)).contains("\"report.html\""));
    assertTrue(Files.isDirectory(folder.resolve("report.html")));
  }

  @Test
  void refusesFileInPlaceOfAFolder() throws IOException {
    Files.writeString(folder, "mine");
    assertTrue(
        refusal(() -> Example.report().writeTo(folder))
            .contains("got something that is not a folder."));
    assertEquals("mine", Files.readString(folder));
  }

  @Test
  void acceptsFoldersThatItWouldReplace() throws IOException {
    TrainingReport.checkFolder(folder);
    Files.createDirectory(folder);
    TrainingReport.checkFolder(folder);
    Example.report().writeTo(folder);
    TrainingReport.checkFolder(folder);
    assertEquals(ALL, names(folder));
  }

  @Test
  void keepsTheEarlierReportWhenSamplesCannotBeRead() throws IOException {
    Example.report().writeTo(folder);
    byte[] before = Files.readAllBytes(folder.resolve("report.html"));
    TrainingReport broken = Example.report().samples(new Unreadable());
    IOException e = assertThrows(IOException.class, () -> broken.writeTo(folder));
    assertEquals("cat.png: expected an image, got nothing.", e.getMessage());
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("report.html")));
    assertEquals(List.of("small.report"), names(parent));
  }

  @Test
  void leavesNothingBehindWhenWritingFails() throws IOException {
    Example.report().writeTo(folder);
    ReportFolder target = new ReportFolder(folder, new HashSet<>(ALL));
    Map<String, byte[]> files = new TreeMap<>();
    files.put("history.json", new byte[10]);
    files.put("no/such/folder.png", new byte[10]);
    assertThrows(IOException.class, () -> target.write(files));
    assertEquals(ALL, names(folder));
    assertTrue(Files.size(folder.resolve("history.json")) > 10, "the earlier one is there");
    assertEquals(List.of("small.report"), names(parent));
  }

  @Test
  void leavesOutPicturesOfWhatIsNoImage() throws IOException {
    Dataset flat = Dataset.of(Array.of(new float[6 * 5], 6, 5), Array.of(new int[6], 6));
    TestRun run = new TestRun(flat, Example.test().predictions(), Example.test().evaluation());
    TrainingReport.of(Example.model(), Example.history(), run).writeTo(folder);
    assertEquals(
        List.of("confusion.png", "history.json", "history.png", "report.html"), names(folder));
  }

  @Test
  void leavesOutTheCurvesOfAHistoryWithoutEpochs() throws IOException {
    History none = new History(new TreeMap<>(), List.of());
    TrainingReport.of(Example.model(), none, Example.test()).writeTo(folder);
    assertFalse(Files.exists(folder.resolve("history.png")));
    assertTrue(Files.exists(folder.resolve("report.html")));
  }

  @Test
  void refusesSettingsThatJsonCannotHold() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Example.report().settings(Map.of("rate", Double.NaN)));
    assertEquals(
        "TrainingReport: expected a string, a boolean or a finite number as setting \"rate\", got"
            + " NaN.",
        e.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> Example.report().settings(Map.of("a", List.of())));
  }

  @Test
  void refusesPredictionsThatDoNotBelongToTheSamples() {
    assertRefused(Array.of(new float[21], 7, 3), "shape (1 to 6 samples, classes)");
    assertRefused(Array.of(new float[0], 6, 0), "got FLOAT32 [6, 0]");
    assertRefused(Array.of(new float[6], 6), "got FLOAT32 [6]");
    assertRefused(Array.of(new int[18], 6, 3), "got INT32");
    float[] values = new float[18];
    values[7] = Float.NaN;
    assertRefused(Array.of(values, 6, 3), "got NaN for sample 2");
  }

  private static void assertRefused(Array predictions, String part) {
    Evaluation evaluation = Example.test().evaluation();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new TestRun(Example.samples(), predictions, evaluation));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static String refusal(Executable action) {
    return String.valueOf(assertThrows(FileAlreadyExistsException.class, action).getMessage());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Images whose file is gone. */
  private static final class Unreadable implements Dataset {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public Shape inputShape() {
      return Shape.of(4, 4, 3);
    }

    @Override
    public Array inputs(int[] indices) {
      throw new UncheckedIOException(new IOException("cat.png: expected an image, got nothing."));
    }

    @Override
    public Array labels(int[] indices) {
      return Array.of(new int[indices.length], indices.length);
    }
  }
}
