package kerava.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import kerava.CompileSettings;
import kerava.Model;
import kerava.data.Cifar10;
import kerava.data.Dataset;
import kerava.examples.CifarCnn;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.SparseCategoricalAccuracy;
import kerava.optimizers.Adam;
import kerava.train.Fit;
import kerava.train.Predictor;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;

/**
 * Kerava's side of {@code tools/bench/run}: trains and predicts what it is told to, one command a
 * line on standard input, and answers each with one line of JSON on standard output.
 *
 * <pre>
 * train BATCH STEPS    one epoch of that many steps: {"seconds": s, "cpu": s}
 * one COUNT            that many predictions of one image: {"seconds": [..]}
 * bulk                 predictions of 10,000 images: {"seconds": s}
 * </pre>
 */
public final class StepBenchmark {
  private static final int IMAGES = 10_000;

  private StepBenchmark() {}

  /**
   * Reads commands until they end.
   *
   * @param args the number of replicas; 0 lets Kerava choose
   */
  public static void main(String[] args) throws IOException {
    Dataset data = data();
    CompileSettings settings =
        CompileSettings.of(
            Adam.of(), SparseCategoricalCrossentropy.of(), SparseCategoricalAccuracy.of());
    TrainerOptions options =
        TrainerOptions.defaults().withSeed(1).withReplicas(Integer.parseInt(args[0]));
    try (Trainer trainer = Trainer.compile(model(), settings, options)) {
      train(trainer, data, 32, 1);
      answer("{\"replicas\": " + trainer.options().replicas() + "}");
      try (Predictor predictor = Predictor.of(trainer.model(), trainer.weights(), Device.auto())) {
        serve(trainer, predictor, data);
      }
    }
  }

  private static void serve(Trainer trainer, Predictor predictor, Dataset data) throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "train" ->
            train(trainer, data, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        case "one" -> one(predictor, data, Integer.parseInt(words[1]));
        case "bulk" -> bulk(predictor, data);
        default -> throw new IllegalArgumentException("StepBenchmark: got " + line);
      }
    }
  }

  private static void train(Trainer trainer, Dataset data, int batch, int steps) {
    Fit fit = Fit.epochs(1).batchSize(batch);
    Dataset part = data.take(batch * steps);
    double cpu = cpu();
    long start = System.nanoTime();
    trainer.fit(part, fit);
    answer("{\"seconds\": %s, \"cpu\": %s}".formatted(since(start), cpu() - cpu));
  }

  private static void one(Predictor predictor, Dataset data, int count) {
    double[] seconds = new double[count];
    for (int i = 0; i < count; i++) {
      Array image = data.inputs(new int[] {i % data.size()});
      long start = System.nanoTime();
      predictor.predict(image);
      seconds[i] = since(start);
    }
    answer("{\"seconds\": " + Arrays.toString(seconds) + "}");
  }

  private static void bulk(Predictor predictor, Dataset data) {
    Dataset part = data.take(IMAGES);
    long start = System.nanoTime();
    predictor.predict(part);
    answer("{\"seconds\": " + since(start) + "}");
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  private static void answer(String json) {
    System.out.println(json);
    System.out.flush();
  }

  static Dataset data() throws IOException {
    Optional<String> folder = Optional.ofNullable(System.getenv("KERAVA_CIFAR10"));
    if (folder.isPresent()) {
      return Cifar10.load(Path.of(folder.get())).train();
    }
    SplittableRandom random = new SplittableRandom(1);
    byte[] pixels = new byte[50_000 * 32 * 32 * 3];
    random.nextBytes(pixels);
    int[] labels = random.ints(50_000, 0, 10).toArray();
    long[] shape = LongStream.of(50_000, 32, 32, 3).toArray();
    return Dataset.of(Array.of(pixels, shape), Array.of(labels, 50_000)).dividedBy(255);
  }

  private static Model model() {
    return CifarCnn.model();
  }
}
