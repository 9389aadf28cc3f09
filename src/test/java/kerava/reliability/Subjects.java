package kerava.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import kerava.Input;
import kerava.Layer;
import kerava.Model;
import kerava.Sequential;
import kerava.cli.Run;
import kerava.data.Dataset;
import kerava.data.Npy;
import kerava.data.RecordFormat;
import kerava.data.TfRecords;
import kerava.graph.Array;
import kerava.layers.Dense;
import kerava.report.ModelPlot;
import kerava.saving.KerasArchive;
import kerava.saving.WeightsFile;
import kerava.train.Backups;
import org.tensorflow.ndarray.Shape;

/** All that Kerava writes. */
final class Subjects {
  private Subjects() {}

  /** Writes and reads one file. */
  private record OneFile(String name, String file, Writing writing, Reading reading)
      implements Subject {
    @Override
    public void write(Path folder, int state) throws Exception {
      writing.write(folder.resolve(file), state);
    }

    @Override
    public int read(Path folder) throws Exception {
      Path path = folder.resolve(file);
      return Files.exists(path) ? reading.read(path) : 0;
    }
  }

  private interface Writing {
    void write(Path file, int state) throws Exception;
  }

  private interface Reading {
    int read(Path file) throws Exception;
  }

  /**
   * One of each.
   *
   * @param sources a folder for what is read in order to write: not one of those that fail
   */
  static List<Subject> all(Path sources) throws IOException {
    Reading archive = file -> Small.state(KerasArchive.read(file).weights());
    return List.of(
        new OneFile(
            "archive", "m.keras", (f, s) -> KerasArchive.write(Small.stored(s), f), archive),
        new OneFile(
            "weights",
            "m.weights.h5",
            (f, s) -> WeightsFile.write(Small.MODEL, Small.weights(s), f),
            file -> Small.state(WeightsFile.read(Small.MODEL, file))),
        new OneFile(
            "weights in .h5",
            "m.h5",
            (f, s) -> WeightsFile.write(Small.MODEL, Small.weights(s), f),
            file -> Small.state(WeightsFile.read(Small.MODEL, file))),
        new OneFile(
            "backup",
            "training.backup",
            (f, s) -> Backups.write(Small.weights(s), f),
            file -> Small.state(Backups.read(file))),
        new OneFile(
            "npy",
            "a.npy",
            (f, s) -> Npy.write(f, Array.of(filled(s, 4000), 4000)),
            file -> Small.state(Npy.read(file).floats())),
        new OneFile("records", "a.tfrecord", Subjects::records, Subjects::records),
        new Export(),
        new Report("report", false, sources),
        new Report("report copied", true, sources),
        new OneFile("plot", "m.svg", (f, s) -> ModelPlot.write(layers(s), f), Subjects::plotted),
        new OneFile("converted", "m.keras", (f, s) -> convert(sources, f, s), archive),
        new Logs.Csv(),
        new Logs.Events(),
        new Logs.Checkpoint(),
        new Logs.Backup(),
        new Training(sources));
  }

  static float[] filled(int state, int size) {
    float[] numbers = new float[size];
    Arrays.fill(numbers, state);
    return numbers;
  }

  private static void records(Path file, int state) throws IOException {
    Dataset data = Dataset.of(Array.of(filled(state, 400), 100, 4), Array.of(new int[100], 100));
    TfRecords.write(data, file);
  }

  private static int records(Path file) throws IOException {
    Array numbers = TfRecords.open(List.of(file), RecordFormat.floats(Shape.of(4))).inputs();
    if (numbers.size() != 400) {
      throw new IllegalStateException("half: " + numbers.size() + " of 400 numbers");
    }
    return Small.state(numbers.floats());
  }

  /** The archive of a state, outside of what fails. */
  static synchronized Path source(Path sources, int state) throws IOException {
    Path file = sources.resolve("state" + state + ".keras");
    if (!Files.exists(file)) {
      KerasArchive.write(Small.stored(state), file);
    }
    return file;
  }

  /** A model of as many layers as the state says. */
  private static Model layers(int state) {
    return Sequential.of(
        Input.of(4), Collections.nCopies(state, Dense.of(2)).toArray(new Layer[0]));
  }

  private static int plotted(Path file) throws IOException {
    String picture = Files.readString(file);
    return IntStream.rangeClosed(1, Subject.STATES)
        .filter(state -> picture.equals(ModelPlot.svg(layers(state))))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("half: " + picture.length() + " characters"));
  }

  private static void convert(Path sources, Path file, int state) throws IOException {
    command("convert", source(sources, state), file);
  }

  /** Runs a command; what it complains about is an exception. */
  static void command(Object... words) throws IOException {
    Run run = Run.of(words);
    if (run.code() != 0) {
      throw new IOException(run.err().strip());
    }
  }
}
