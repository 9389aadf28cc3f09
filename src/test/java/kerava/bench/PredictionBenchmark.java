package kerava.bench;

import java.util.concurrent.TimeUnit;
import kerava.Model;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.train.Predictor;
import kerava.train.Trainer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Predictions of the notebook's network: of one image, with its percentiles, and of many. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PredictionBenchmark {
  private Predictor predictor;
  private Dataset images;
  private Array image;

  /** Gives the network its first weights. */
  @Setup
  public void open() {
    images = Sources.images(10_000);
    image = images.inputs(new int[] {0});
    Model model = Nets.of("cnn");
    try (Trainer trainer = Nets.trainer(model)) {
      predictor = Predictor.of(model, trainer.weights(), Device.auto());
    }
  }

  /** One image. */
  @Benchmark
  public Array one() {
    return predictor.predict(image);
  }

  /** 10,000 images. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public Array bulk() {
    return predictor.predict(images);
  }

  /** Frees the graph. */
  @TearDown
  public void close() {
    predictor.close();
  }
}
