package kerava.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kerava.CompileSettings;
import kerava.data.Dataset;
import kerava.examples.CifarCnn;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.metrics.SparseCategoricalAccuracy;
import kerava.optimizers.Adam;
import kerava.train.Fit;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;

/**
 * The time of a training step of the notebook's network with 1, 8 and 50 steps in a run, data fed
 * or in the device's memory, in turn: milliseconds, and their ratios to those of one step a run,
 * fed, within each round, by the clock and by the processor.
 *
 * <p>Arguments: the batch size, the steps of a turn, the rounds.
 */
public final class ExecutionBenchmark {
  private static final int[] NUMBERS = {1, 8, 50};

  private ExecutionBenchmark() {}

  /** What a turn took for each step, in milliseconds. */
  private record Turn(double clock, double processor) {}

  /** Measures, and prints a line a way. */
  public static void main(String[] args) throws IOException {
    int batch = Integer.parseInt(args[0]);
    int steps = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    Dataset data = StepBenchmark.data().take(batch * steps);
    CompileSettings settings =
        CompileSettings.of(
            Adam.of(), SparseCategoricalCrossentropy.of(), SparseCategoricalAccuracy.of());
    Map<String, List<Turn>> turns = new LinkedHashMap<>();
    try (Trainer trainer =
        Trainer.compile(CifarCnn.model(), settings, TrainerOptions.defaults().withSeed(1))) {
      Map<String, Fit> ways = ways(batch);
      ways.values().forEach(fit -> turn(trainer, data, fit));
      List<String> order = new ArrayList<>(ways.keySet());
      order.forEach(way -> turns.put(way, new ArrayList<>()));
      for (int round = 0; round < rounds; round++) {
        for (String way : order) {
          Turn all = turn(trainer, data, ways.get(way));
          turns.get(way).add(new Turn(all.clock() / steps, all.processor() / steps));
        }
        Collections.rotate(order, 1);
      }
    }
    turns.forEach((way, all) -> print(way, all, turns.get("1 fed")));
  }

  private static Map<String, Fit> ways(int batch) {
    Map<String, Fit> ways = new LinkedHashMap<>();
    for (int number : NUMBERS) {
      Fit fit = Fit.epochs(1).batchSize(batch).stepsPerExecution(number);
      ways.put(number + " fed", fit.resident(false));
      ways.put(number + " resident", fit.resident(true));
    }
    return ways;
  }

  private static Turn turn(Trainer trainer, Dataset data, Fit fit) {
    double processor = processor();
    long start = System.nanoTime();
    trainer.fit(data, fit);
    return new Turn((System.nanoTime() - start) / 1e6, processor() - processor);
  }

  private static double processor() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
  }

  private static void print(String way, List<Turn> all, List<Turn> base) {
    List<Double> clock = new ArrayList<>();
    List<Double> processor = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      clock.add(all.get(i).clock() / base.get(i).clock());
      processor.add(all.get(i).processor() / base.get(i).processor());
    }
    System.out.printf(
        Locale.ROOT,
        "%-12s %7.2f ms %.3fx (%.3f-%.3f), processor %.3fx (%.3f-%.3f)%n",
        way,
        median(all.stream().map(Turn::clock).toList()),
        median(clock),
        Collections.min(clock),
        Collections.max(clock),
        median(processor),
        Collections.min(processor),
        Collections.max(processor));
  }

  private static double median(List<Double> numbers) {
    List<Double> sorted = numbers.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
