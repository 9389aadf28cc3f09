package kerava.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import kerava.CompileSettings;
import kerava.Model;
import kerava.StoredModel;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.SparseCategoricalAccuracy;
import kerava.optimizers.Adam;
import kerava.saving.KerasArchive;
import kerava.train.Fit;
import kerava.train.Predictor;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.tensorflow.TensorFlow;

/**
 * Kerava's side of {@code tools/bench/run}: trains and predicts what it is told to, one command a
 * line on standard input, and answers each with one line of JSON on standard output.
 *
 * <pre>
 * train BATCH STEPS    one epoch of that many steps: {"seconds": s, "cpu": s}
 * one COUNT            that many predictions of one image: {"seconds": [..]}
 * bulk COUNT           that many predictions: {"seconds": s}
 * </pre>
 */
public final class StepBenchmark {
  private StepBenchmark() {}

  /**
   * Reads commands until they end.
   *
   * @param args the number of replicas; 0 lets Kerava choose. Or "write" and a file: leaves the
   *     model there, for Python, and ends
   */
  public static void main(String[] args) throws IOException {
    if (args[0].equals("write")) {
      write(Path.of(args[1]));
      return;
    }
    Dataset data = Sources.images(50_000);
    CompileSettings settings =
        CompileSettings.of(
            Adam.of(), SparseCategoricalCrossentropy.of(), SparseCategoricalAccuracy.of());
    TrainerOptions options =
        TrainerOptions.defaults().withSeed(1).withReplicas(Integer.parseInt(args[0]));
    try (Trainer trainer = Trainer.compile(model(), settings, options)) {
      train(trainer, data, 32, 1);
      answer(
          "{\"version\": \"TensorFlow %s\", \"arrangement\": \"%s\"}"
              .formatted(TensorFlow.version(), trainer.strategy(data, Fit.epochs(1))));
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
        case "bulk" -> bulk(predictor, data.take(Integer.parseInt(words[1])));
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
    long start = System.nanoTime();
    predictor.predict(data);
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

  private static void write(Path archive) throws IOException {
    CompileSettings settings = CompileSettings.of(Adam.of(), SparseCategoricalCrossentropy.of());
    TrainerOptions options = TrainerOptions.defaults().withSeed(1).withDevice(Device.cpu());
    try (Trainer trainer = Trainer.compile(model(), settings, options)) {
      KerasArchive.write(StoredModel.of(trainer.model(), trainer.weights()), archive);
    }
  }

  private static Model model() {
    return Nets.of(System.getenv().getOrDefault("KERAVA_BENCH_NET", "cnn"));
  }
}
