package kerava.bench;

import java.util.concurrent.TimeUnit;
import kerava.data.Dataset;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.Trainer;
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

/** A training step of the notebook's network, in epochs of a few steps. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TrainingBenchmark {
  private static final int STEPS = 10;

  /** Images a step. */
  @Param({"32", "128"})
  public int batch;

  private Trainer trainer;
  private Dataset images;

  /** Compiles the network. */
  @Setup
  public void open() {
    images = Sources.images(STEPS * batch);
    trainer = Nets.trainer(Nets.of("cnn"));
  }

  /** One step. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public History step() {
    return trainer.fit(images, Fit.epochs(1).batchSize(batch));
  }

  /** Frees the graph. */
  @TearDown
  public void close() {
    trainer.close();
  }
}
