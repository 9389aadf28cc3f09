package kerava.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kerava.StoredModel;
import kerava.files.RecordException;
import kerava.files.RecordReader;
import kerava.saving.KerasArchive;
import kerava.train.BackupAndRestore;
import kerava.train.Backups;
import kerava.train.Callback;
import kerava.train.Fit;
import kerava.train.Trainer;
import kerava.train.callbacks.CsvLogger;
import kerava.train.callbacks.ModelCheckpoint;
import kerava.train.callbacks.TensorBoard;
import org.tensorflow.proto.Event;

/** What callbacks write while a model is trained: their states follow each other without end. */
final class Logs {
  private static final int LINE = 3;

  private Logs() {}

  /** One trainer serves them all, so that a case takes milliseconds. */
  private static final class Shared {
    static final Trainer TRAINER = Small.trainer();
  }

  private static void fit(int epochs, Callback callback) {
    Shared.TRAINER.fit(Small.data(1, 8), Fit.epochs(epochs).batchSize(8).callbacks(callback));
  }

  /** Those that count what was done. */
  private interface Counted extends Subject {
    @Override
    default int next(int state) {
      return state + 1;
    }
  }

  /** One more line each time; there is a heading. */
  static final class Csv implements Counted {
    @Override
    public String name() {
      return "csv log";
    }

    @Override
    public boolean keepsAll() {
      return true;
    }

    @Override
    public void write(Path folder, int state) {
      fit(1, CsvLogger.of(folder.resolve("log.csv")).append());
    }

    // A number that lacks its last digits is another number, and nothing tells.
    @Override
    public int read(Path folder) throws IOException {
      Path file = folder.resolve("log.csv");
      String text = Files.exists(file) ? Files.readString(file) : "";
      if (text.isEmpty() || text.equals("epoch,accuracy,loss\n")) {
        return 0;
      }
      List<String> lines = text.lines().toList();
      boolean whole =
          text.endsWith("\n")
              && lines.get(0).equals("epoch,accuracy,loss")
              && lines.stream().skip(1).allMatch(l -> l.split(",", -1).length == LINE);
      if (!whole) {
        throw new IllegalStateException("half: a log that ends in " + lines.get(lines.size() - 1));
      }
      return lines.size() - 1;
    }
  }

  /** One more folder each time. A file of events may end within a record, which readers skip. */
  static final class Events implements Counted {
    @Override
    public String name() {
      return "TensorBoard";
    }

    @Override
    public boolean keepsAll() {
      return true;
    }

    // Each run has a folder of its own here, to which no later one comes back.
    @Override
    public boolean stays(String name) {
      return name.startsWith("run-#/.") && name.endsWith(".lock");
    }

    @Override
    public void write(Path folder, int state) {
      fit(1, TensorBoard.of(folder.resolve("run-" + state)).histogramFreq(1));
    }

    @Override
    public int read(Path folder) throws IOException {
      int runs = 0;
      while (whole(folder.resolve("run-" + (runs + 1)))) {
        runs++;
      }
      return runs;
    }

    private static boolean whole(Path run) throws IOException {
      if (!Files.isDirectory(run)) {
        return false;
      }
      try (Stream<Path> tree = Files.walk(run)) {
        for (Path file : tree.filter(Files::isRegularFile).toList()) {
          if (tells(file, "epoch_loss")) {
            return true;
          }
        }
      }
      return false;
    }

    private static boolean tells(Path file, String tag) throws IOException {
      try (RecordReader reader = RecordReader.open(file)) {
        for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
          Event event = Event.parseFrom(next.get());
          if (event.getSummary().getValueList().stream().anyMatch(v -> v.getTag().equals(tag))) {
            return true;
          }
        }
      } catch (RecordException e) {
        return false;
      }
      return false;
    }
  }

  /** An archive that a callback writes. */
  static final class Checkpoint implements Subject {
    @Override
    public String name() {
      return "checkpoint";
    }

    @Override
    public void write(Path folder, int state) {
      ModelCheckpoint callback =
          ModelCheckpoint.always(
                  (epoch, view) ->
                      KerasArchive.write(
                          StoredModel.of(view.model(), Small.weights(state)),
                          folder.resolve("best.keras")))
              .into(folder);
      fit(1, callback);
    }

    @Override
    public int read(Path folder) throws IOException {
      Path file = folder.resolve("best.keras");
      return Files.exists(file) ? Small.state(KerasArchive.read(file).weights()) : 0;
    }
  }

  /** A run that is resumed for one more epoch each time. */
  static final class Backup implements Counted {
    @Override
    public String name() {
      return "resumed training";
    }

    @Override
    public void write(Path folder, int state) {
      fit(state, BackupAndRestore.of(folder).deleteCheckpoint(false));
    }

    @Override
    public int read(Path folder) throws IOException {
      Path file = folder.resolve("training.backup");
      return Files.exists(file) ? Math.toIntExact(Backups.step(file)) : 0;
    }
  }
}
