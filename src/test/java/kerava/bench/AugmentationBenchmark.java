package kerava.bench;

import java.util.concurrent.TimeUnit;
import kerava.Layer;
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

/** A step of ResNet-20 with and without the augmentation of its recipe, 128 images a step. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class AugmentationBenchmark {
  private static final int STEPS = 3;
  private static final int BATCH = 128;

  /** Whether images are mirrored and moved. */
  @Param({"false", "true"})
  public boolean augmented;

  private Trainer trainer;
  private Dataset images;

  /** Compiles the network. */
  @Setup
  public void open() {
    images = Sources.images(STEPS * BATCH);
    Layer[] before = augmented ? new Layer[] {Nets.FLIP, Nets.MOVE} : new Layer[0];
    trainer = Nets.trainer(Nets.of("resnet20", before));
  }

  /** One step. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public History step() {
    return trainer.fit(images, Fit.epochs(1).batchSize(BATCH));
  }

  /** Frees the graph. */
  @TearDown
  public void close() {
    trainer.close();
  }
}
