package kerava.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.CompileSettings;
import kerava.DTypePolicy;
import kerava.Model;
import kerava.applications.ResNet;
import kerava.data.Dataset;
import kerava.examples.CifarCnn;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.SGD;
import kerava.train.Fit;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.tensorflow.ndarray.Shape;

/**
 * The time of a training step under each policy, or compiled by XLA, in turn: milliseconds, and
 * their ratio to those of float32 within each round.
 *
 * <p>Arguments: {@code cnn} or {@code resnet}, the batch size, the steps of a turn, the rounds, and
 * what else than float32: bfloat16, float16, xla.
 */
public final class PrecisionBenchmark {
  private PrecisionBenchmark() {}

  /** Measures, and prints a line a policy. */
  public static void main(String[] args) throws IOException {
    int batch = Integer.parseInt(args[1]);
    int steps = Integer.parseInt(args[2]);
    Dataset data = StepBenchmark.data().take(batch * steps);
    Map<String, Trainer> trainers = new LinkedHashMap<>();
    trainers.put(
        "float32", trainer(args[0], DTypePolicy.FLOAT32, TrainerOptions.defaults().withSeed(1)));
    for (String policy : Arrays.asList(args).subList(4, args.length)) {
      trainers.put(policy, variant(args[0], policy));
    }
    trainers.values().forEach(trainer -> turn(trainer, data.take(batch * 3), batch));
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int round = 0; round < Integer.parseInt(args[3]); round++) {
      trainers.forEach(
          (name, trainer) ->
              times
                  .computeIfAbsent(name, key -> new ArrayList<>())
                  .add(turn(trainer, data, batch) / steps));
    }
    times.forEach((name, all) -> print(args[0] + " " + batch + " " + name, all, times));
  }

  private static Trainer variant(String name, String word) {
    TrainerOptions options = TrainerOptions.defaults().withSeed(1);
    return word.equals("xla")
        ? trainer(name, DTypePolicy.FLOAT32, options.withJitCompile(true))
        : trainer(
            name, DTypePolicy.valueOf("MIXED_" + word.toUpperCase(java.util.Locale.ROOT)), options);
  }

  private static Trainer trainer(String name, DTypePolicy policy, TrainerOptions options) {
    Model model =
        name.equals("cnn") ? CifarCnn.model(Shape.of(32, 32, 3), 10) : ResNet.cifar(20).model();
    String last = model.outputs().get(0).step();
    return Trainer.compile(
        model.withPolicy(policy, step -> !step.equals(last)),
        CompileSettings.of(SGD.of(0.01).momentum(0.9), SparseCategoricalCrossentropy.of()),
        options);
  }

  private static double turn(Trainer trainer, Dataset data, int batch) {
    long start = System.nanoTime();
    trainer.fit(data, Fit.epochs(1).batchSize(batch));
    return (System.nanoTime() - start) / 1e6;
  }

  private static void print(String name, List<Double> all, Map<String, List<Double>> times) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      ratios.add(all.get(i) / times.get("float32").get(i));
    }
    System.out.printf(
        "%s: %.1f ms (%.1f-%.1f), ratio %.2f (%.2f-%.2f)%n",
        name,
        median(all),
        Collections.min(all),
        Collections.max(all),
        median(ratios),
        Collections.min(ratios),
        Collections.max(ratios));
  }

  private static double median(List<Double> numbers) {
    return numbers.stream().sorted().skip(numbers.size() / 2).findFirst().orElseThrow();
  }
}
