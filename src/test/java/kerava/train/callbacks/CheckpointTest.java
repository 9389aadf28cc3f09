package kerava.train.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import kerava.optimizers.SGD;
import kerava.train.Callback;
import kerava.train.CallbackAction;
import kerava.train.Epoch;
import kerava.train.Fit;
import kerava.train.KilledTraining;
import kerava.train.Small;
import kerava.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When checkpoints are written, and what their files are called. */
final class CheckpointTest {
  private static final Fit FIT = Fit.epochs(3).batchSize(4).shuffle(false);

  @TempDir Path folder;

  private final List<String> written = new ArrayList<>();
  private final ModelCheckpoint.Writer writer =
      (epoch, view) -> written.add(epoch.named("{epoch}.{batch}"));

  private List<String> written(ModelCheckpoint checkpoint) {
    written.clear();
    try (Trainer trainer = Small.trainer()) {
      trainer.fit(Small.DATA, FIT.callbacks(checkpoint));
    }
    return written;
  }

  @Test
  void countsEpochsOrBatches() {
    assertEquals(List.of("1.6", "2.6", "3.6"), written(ModelCheckpoint.always(writer)));
    assertEquals(List.of("2.6"), written(ModelCheckpoint.every(2, writer)));
    assertEquals(List.of("3.6"), written(ModelCheckpoint.every(3, writer)));
    // As in Keras, batches are counted over the epochs.
    assertEquals(List.of("1.5", "2.4", "3.3"), written(ModelCheckpoint.always(writer).saveFreq(5)));
  }

  @Test
  void tellsWhatAnEpochWithinItselfIs() {
    List<Epoch> seen = new ArrayList<>();
    AtomicLong firstEnd = new AtomicLong();
    Callback clock =
        Callback.onEpoch(
            epoch -> {
              firstEnd.compareAndSet(0, System.nanoTime());
              return CallbackAction.proceed();
            });
    List<Double> most = new ArrayList<>();
    ModelCheckpoint.Writer note =
        (epoch, view) -> {
          seen.add(epoch);
          most.add((System.nanoTime() - firstEnd.get()) / 1e9);
        };
    try (Trainer trainer = Small.trainer()) {
      trainer.fit(Small.DATA, FIT.callbacks(clock, ModelCheckpoint.always(note).saveFreq(5)));
    }
    assertEquals(
        List.of(List.of(0, 3, 5), List.of(1, 3, 4), List.of(2, 3, 3)),
        seen.stream().map(e -> List.of(e.index(), e.epochs(), e.steps())).toList());
    assertTrue(seen.stream().allMatch(epoch -> epoch.seconds() > 0));
    // The clock begins anew with each epoch.
    assertTrue(seen.get(1).seconds() < most.get(1), seen + " " + most);
    assertTrue(seen.get(0).metrics().containsKey("loss"), seen.toString());
  }

  @Test
  void looksWhichIsBest() {
    assertEquals(List.of("1.6", "2.6", "3.6"), written(ModelCheckpoint.best("loss", writer)));
    assertEquals(
        List.of("1.6"), written(ModelCheckpoint.best("loss", writer).largerIsBetter(true)));
    assertEquals(
        List.of(), written(ModelCheckpoint.best("loss", writer).initialValueThreshold(0.01)));
    assertEquals(
        List.of("1.1"),
        written(ModelCheckpoint.best("loss", writer).saveFreq(1).initialValueThreshold(3))
            .subList(0, 1));
  }

  @Test
  void namesFilesAsPythonFormatsThem() {
    Epoch epoch = new Epoch(6, 30, 391, 1.5, Map.of("val_loss", 0.98765, "loss", 1.0));
    assertEquals("07-0.99.keras", epoch.named("{epoch:02d}-{val_loss:.2f}.keras"));
    assertEquals("7/391-1.0", epoch.named("{epoch}/{batch}-{loss}"));
    assertEquals("{}9.877e-01", epoch.named("{}{val_loss:.3e}"));
    assertEquals(
        "Epoch name: expected one of [batch, epoch, loss, val_loss], got \"accuracy\" in"
            + " \"{accuracy}\".",
        assertThrows(IllegalArgumentException.class, () -> epoch.named("{accuracy}")).getMessage());
  }

  @Test
  void refusesAFolderThatCannotBeWrittenBeforeItTrains() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "a file");
    ModelCheckpoint checkpoint = ModelCheckpoint.always(writer).into(file.resolve("checkpoints"));
    assertEquals(
        "ModelCheckpoint: expected a folder to write in "
            + file.resolve("checkpoints")
            + ", got a file at "
            + file
            + ". Move it away, or choose another place.",
        assertThrows(UncheckedIOException.class, () -> written(checkpoint)).getMessage());
    assertEquals(List.of(), written);
    Path made = folder.resolve("a/b");
    ModelCheckpoint.Writer into =
        (epoch, view) -> {
          assertTrue(Files.isDirectory(made), "made before it is written into");
          writer.write(epoch, view);
        };
    assertEquals(3, written(ModelCheckpoint.always(into).into(made).saveFreq(5)).size());
    assertFalse(Files.exists(made), "nothing was written into it");
  }

  @Test
  void saysWhatIsInTheWayOfAFile() {
    Path missing = folder.resolve("missing");
    ModelCheckpoint.Writer plain =
        (epoch, view) -> Files.writeString(missing.resolve("weights"), "all");
    assertEquals(
        "ModelCheckpoint: expected to write in epoch 1 after batch 6, got nothing at "
            + missing
            + ". Make a folder there, or choose another place.",
        assertThrows(UncheckedIOException.class, () -> written(ModelCheckpoint.always(plain)))
            .getMessage());
  }

  @Test
  void refusesNumbersThatNameNoMoment() {
    assertThrows(IllegalArgumentException.class, () -> ModelCheckpoint.always(writer).saveFreq(0));
    assertEquals(
        "SwapEMAWeights: expected an optimizer that keeps averages, got Adam. Does it want"
            + " .ema(0.99)?",
        assertThrows(
                IllegalArgumentException.class,
                () -> {
                  try (Trainer trainer = Small.trainer()) {
                    trainer.fit(Small.DATA, FIT.callbacks(SwapEMAWeights.of()));
                  }
                })
            .getMessage());
  }

  @Test
  void averagesThatWereSwappedSurviveAStop() {
    Callback stop =
        Callback.onEpoch(
            e -> e.index() == 1 ? CallbackAction.stop("enough") : CallbackAction.proceed());
    try (Trainer trainer = KilledTraining.trainer(SGD.of(0.1).ema(0.5))) {
      List<Object> seen = new ArrayList<>();
      Callback see =
          run ->
              new Callback.Observer() {
                @Override
                public CallbackAction epochEnd(Epoch epoch) {
                  seen.add(run.view().weights());
                  return CallbackAction.proceed();
                }
              };
      trainer.fit(
          KilledTraining.data(1, 20),
          Fit.epochs(5).callbacks(SwapEMAWeights.of().swapOnEpoch(), see, stop));
      assertEquals(2, seen.size());
      assertEquals(seen.get(1), trainer.weights());
    }
  }
}
