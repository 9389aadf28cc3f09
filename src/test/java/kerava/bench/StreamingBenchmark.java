package kerava.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import kerava.data.Dataset;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.Trainer;
import org.apache.commons.io.FileUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A training step, and reading alone, with images in memory and from the disk. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StreamingBenchmark {
  private static final int STEPS = 10;
  private static final int BATCH = 128;

  /** One of {@link Sources#ALL}. */
  @Param({"memory", "records", "png records", "png folder", "jpeg folder"})
  public String form;

  private Path folder;
  private Trainer trainer;
  private Dataset images;

  /** Writes the images and compiles the notebook's network. */
  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("kerava-bench");
    images = Sources.of(form, Sources.images(STEPS * BATCH), folder);
    trainer = Nets.trainer(Nets.of("cnn"));
  }

  /** One step. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public History step() {
    return trainer.fit(images, Fit.epochs(1).batchSize(BATCH));
  }

  /** The images of one step. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public byte[] read() {
    return images.inputs().bytes();
  }

  /** Frees the graph and removes the images. */
  @TearDown
  public void close() throws IOException {
    trainer.close();
    FileUtils.deleteDirectory(folder.toFile());
  }
}
