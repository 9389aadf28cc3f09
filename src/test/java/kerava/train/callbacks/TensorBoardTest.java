package kerava.train.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import kerava.data.Dataset;
import kerava.files.RecordFile;
import kerava.graph.Array;
import kerava.interop.EnabledIfPython;
import kerava.interop.PythonReference;
import kerava.optimizers.Adam;
import kerava.train.BackupAndRestore;
import kerava.train.Callback;
import kerava.train.CallbackAction;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.KilledTraining;
import kerava.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** What TensorBoard is given to show. */
final class TensorBoardTest {
  private static final Dataset DATA = KilledTraining.data(1, 60);

  @TempDir Path folder;

  private TensorBoard board() {
    return TensorBoard.of(folder.resolve("logs")).writeStepsPerSecond();
  }

  private static History fit(Fit fit) {
    try (Trainer trainer = KilledTraining.trainer(Adam.of(0.01))) {
      return trainer.fit(DATA, fit.batchSize(9));
    }
  }

  /** Tag and step of each summary of a run, in order. */
  private List<String> tags(String run) throws IOException {
    List<String> tags = new ArrayList<>();
    for (Path file : files(run)) {
      for (byte[] record : RecordFile.read(file)) {
        Event event = Event.parseFrom(record);
        for (Summary.Value value : event.getSummary().getValueList()) {
          tags.add(value.getTag() + " " + event.getStep());
        }
      }
    }
    return tags;
  }

  private List<Path> files(String run) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("logs").resolve(run))) {
      return files.sorted().toList();
    }
  }

  @Test
  void writesFiguresUnderTheNamesThatKerasGivesThem() throws IOException {
    fit(Fit.epochs(2).validation(DATA.take(10)).callbacks(board().updateFreq(5)));
    assertEquals(
        List.of(
            "batch_accuracy 5",
            "batch_loss 5",
            "epoch_accuracy 0",
            "epoch_loss 0",
            "epoch_learning_rate 0",
            "epoch_steps_per_second 0",
            "batch_accuracy 10",
            "batch_loss 10",
            "epoch_accuracy 1",
            "epoch_loss 1",
            "epoch_learning_rate 1",
            "epoch_steps_per_second 1"),
        tags("train"));
    assertEquals(
        List.of(
            "epoch_accuracy 0",
            "evaluation_accuracy_vs_iterations 7",
            "epoch_loss 0",
            "evaluation_loss_vs_iterations 7",
            "epoch_accuracy 1",
            "evaluation_accuracy_vs_iterations 14",
            "epoch_loss 1",
            "evaluation_loss_vs_iterations 14"),
        tags("validation"));
  }

  @Test
  void goesOnInItsFilesAfterABackup() throws IOException {
    Fit fit = Fit.epochs(3).validation(DATA.take(10)).callbacks(board().updateFreq(1));
    fit(fit);
    List<String> whole = tags("train");
    List<String> validation = tags("validation");
    for (String run : List.of("train", "validation")) {
      Files.delete(files(run).get(0));
    }
    Fit kept = fit.callbacks(BackupAndRestore.of(folder.resolve("backup")).saveFreq(4));
    Callback killing =
        Callback.onBatch(
            batch -> {
              if (batch.step() == 18) {
                throw new IllegalStateException("killed");
              }
              return CallbackAction.proceed();
            });
    assertThrows(IllegalStateException.class, () -> fit(kept.callbacks(killing)));
    fit(kept);
    assertEquals(1, files("train").size());
    assertEquals(whole, tags("train"));
    assertEquals(validation, tags("validation"));
  }

  @Test
  void twoRunsDoNotMeetInOneFile() throws IOException {
    fit(Fit.epochs(1).callbacks(board()));
    fit(Fit.epochs(1).callbacks(board()));
    assertEquals(2, files("train").size());
  }

  @Test
  @EnabledIfPython
  void tensorBoardReadsIt() throws IOException, InterruptedException {
    History history =
        fit(
            Fit.epochs(3)
                .validation(DATA.take(10))
                .callbacks(board().histogramFreq(2).images(DATA, 4)));
    Path answers = Files.createDirectories(folder.resolve("reference"));
    PythonReference reference = new PythonReference(folder.resolve("logs"), answers);
    PythonReference.run("read_tensorboard.py", reference);
    JsonNode train = reference.report().path("train");
    assertEquals(2.0, train.path("version").asDouble());
    assertTrue(train.path("graph").asInt() > 100, "nodes of the graph");
    Map<String, JsonNode> tags = new TreeMap<>();
    train.path("tags").properties().forEach(one -> tags.put(one.getKey(), one.getValue()));
    assertNear(history.get("loss"), tags.get("epoch_loss"));
    assertNear(
        history.get("val_accuracy"),
        reference.report().path("validation").path("tags").path("epoch_accuracy"));
    JsonNode kernel = tags.get("sequential/conv2d/kernel/histogram");
    assertEquals("[0,2]", kernel.path("steps").toString());
    assertEquals(3 * 3 * 3 * 8, kernel.path("values").get(1).path("count").asInt());
    JsonNode samples = tags.get("samples");
    assertEquals("images", samples.path("plugin").asText());
    assertEquals("[8,8]", samples.path("values").get(0).path("size").toString());
    assertEquals(4, samples.path("values").get(0).path("pictures").size());
    byte[] pixels = DATA.inputs(new int[] {0}).bytes();
    for (int i = 0; i < 12; i++) {
      assertEquals(pixels[i] & 0xff, samples.path("values").get(0).path("first").get(i).asInt());
    }
  }

  // TensorBoard keeps numbers as floats.
  private static void assertNear(List<Double> expected, JsonNode tag) {
    assertEquals(expected.size(), tag.path("values").size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), tag.path("values").get(i).asDouble(), 1e-6);
    }
  }

  @Test
  void histogramsCountEveryNumber() {
    List<double[]> buckets = Histogram.of(new float[] {-1, 0, 0.5f, 1, 1, Float.NaN});
    assertEquals(30, buckets.size());
    assertEquals(-1, buckets.get(0)[0]);
    assertEquals(1, buckets.get(29)[1]);
    assertEquals(1, buckets.get(0)[2]);
    assertEquals(2, buckets.get(29)[2]);
    assertEquals(5, buckets.stream().mapToDouble(bucket -> bucket[2]).sum());
    assertEquals(3, Histogram.of(new float[] {2, 2, 2}).get(29)[2]);
    assertEquals(2, Histogram.of(new float[] {2, 2, 2}).get(0)[0]);
    assertEquals(0, Histogram.of(new float[0]).get(29)[2]);
  }

  @Test
  void refusesAFolderThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("logs"), "a file");
    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> fit(Fit.epochs(1).callbacks(board())));
    assertEquals(
        "TensorBoard: expected a folder to write in "
            + file
            + ", got a file at "
            + file
            + ". Move it away, or choose another place.",
        e.getMessage());
  }

  @Test
  void refusesWhatIsNoPicture() {
    Dataset rows = Dataset.of(Array.of(new float[6], 2, 3), Array.of(new int[2], 2));
    assertEquals(
        "TensorBoard images: expected at least 1 image of shape (height, width, 1 or 3), got 1 of"
            + " [3].",
        assertThrows(IllegalArgumentException.class, () -> board().images(rows, 1)).getMessage());
    assertEquals(
        "TensorBoard updateFreq: expected at least 0, got -1.",
        assertThrows(IllegalArgumentException.class, () -> board().updateFreq(-1)).getMessage());
  }
}
