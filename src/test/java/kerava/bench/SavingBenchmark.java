package kerava.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import kerava.StoredModel;
import kerava.saving.KerasArchive;
import kerava.saving.SavedModels;
import kerava.train.Trainer;
import org.apache.commons.io.FileUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Models into files and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SavingBenchmark {
  /** See {@link Nets#of}. */
  @Param({"cnn", "resnet20"})
  public String net;

  private Path folder;
  private Path archive;
  private StoredModel stored;

  /** Gives the network its first weights, and writes them. */
  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("kerava-bench");
    archive = folder.resolve("model.keras");
    try (Trainer trainer = Nets.trainer(Nets.of(net))) {
      stored = StoredModel.of(trainer.model(), trainer.weights());
    }
    KerasArchive.write(stored, archive);
  }

  /** Reads a .keras archive. */
  @Benchmark
  public StoredModel readArchive() throws IOException {
    return KerasArchive.read(archive);
  }

  /** Writes a .keras archive. */
  @Benchmark
  public void writeArchive() throws IOException {
    KerasArchive.write(stored, folder.resolve("written.keras"));
  }

  /** Exports a SavedModel. */
  @Benchmark
  public void exportSavedModel() throws IOException {
    SavedModels.export(stored.model(), stored.weights(), folder.resolve("exported"));
  }

  /** Removes the files. */
  @TearDown
  public void close() throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
  }
}
