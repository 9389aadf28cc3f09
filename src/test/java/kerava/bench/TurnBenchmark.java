package kerava.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import kerava.DTypePolicy;
import kerava.Layer;
import kerava.Model;
import kerava.data.Dataset;
import kerava.layers.Normalization;
import kerava.train.Fit;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.apache.commons.io.FileUtils;

/**
 * What {@code tools/bench/turns} starts: the time of a training step in one way and another, in
 * turn in this process, as a table.
 *
 * <pre>
 * data NET BATCH STEPS ROUNDS [FORM..]         images in memory and on the disk, see {@link Sources}
 * augmentation NET BATCH STEPS ROUNDS          none, mirrored, moved, both
 * policies NET BATCH STEPS ROUNDS [POLICY..]   float32 and, for example, bfloat16
 * compiled NET BATCH STEPS ROUNDS              as it is, and compiled by XLA
 * execution NET BATCH STEPS ROUNDS [NUMBER..]  1, 8 and 50 steps in a run, or others, fed or resident
 * </pre>
 *
 * NET is one of {@link Nets#of}: cnn, resnet20, fast94 or pool.
 */
public final class TurnBenchmark {
  private static final int WARM = 50_000;

  private final String net;
  private final int batch;
  private final int steps;
  private final int rounds;
  private final List<String> more;

  private TurnBenchmark(String[] args) {
    net = args[1];
    batch = Integer.parseInt(args[2]);
    steps = Integer.parseInt(args[3]);
    rounds = Integer.parseInt(args[4]);
    more = Arrays.asList(args).subList(5, args.length);
  }

  /** Measures, and prints a table. */
  public static void main(String[] args) throws IOException {
    TurnBenchmark benchmark = new TurnBenchmark(args);
    Turns turns = new Turns(benchmark.steps);
    switch (args[0]) {
      case "data" -> benchmark.data(turns);
      case "augmentation" -> benchmark.augmentation(turns);
      case "policies" -> benchmark.policies(turns);
      case "compiled" -> benchmark.compiled(turns);
      case "execution" -> benchmark.execution(turns);
      default -> throw new IllegalArgumentException("TurnBenchmark: got " + args[0]);
    }
    System.out.printf(
        "%s, %s, batch %d, %d steps a turn, %d rounds in turn%n%n%s",
        args[0], benchmark.net, benchmark.batch, benchmark.steps, benchmark.rounds, turns.table());
  }

  private Dataset images() {
    return Sources.images(batch * steps);
  }

  private void data(Turns turns) throws IOException {
    Path folder = Files.createTempDirectory("kerava-bench");
    try (Trainer trainer = Nets.trainer(Nets.of(net))) {
      for (String form : more.isEmpty() ? Sources.ALL : more) {
        Dataset data = Sources.of(form, images(), folder.resolve(form));
        warm(data);
        turns.add(form, () -> train(trainer, data));
      }
      turns.measure(rounds);
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  /** Reads as often as an epoch or so would, so that Java has compiled what reads. */
  private static void warm(Dataset data) {
    for (int read = 0; read < WARM; read += data.size()) {
      data.inputs(IntStream.range(0, data.size()).toArray());
    }
  }

  private void augmentation(Turns turns) {
    Dataset data = images();
    Layer normal = Normalization.adapt(data.inputs());
    add(turns, "none", Nets.of(net, normal), data);
    add(turns, "mirrored", Nets.of(net, normal, Nets.FLIP), data);
    add(turns, "moved", Nets.of(net, normal, Nets.MOVE), data);
    add(turns, "mirrored and moved", Nets.of(net, normal, Nets.FLIP, Nets.MOVE), data);
    turns.measure(rounds);
  }

  private void policies(Turns turns) {
    Dataset data = images();
    Model model = Nets.of(net);
    String last = model.outputs().get(0).layer();
    add(turns, "float32", model, data);
    for (String name : more) {
      DTypePolicy policy = DTypePolicy.valueOf("MIXED_" + name.toUpperCase(Locale.ROOT));
      add(turns, name, model.withPolicy(policy, step -> !step.equals(last)), data);
    }
    turns.measure(rounds);
  }

  private void compiled(Turns turns) {
    Dataset data = images();
    add(turns, "as it is", Nets.of(net), data);
    Trainer trainer = Nets.trainer(Nets.of(net), TrainerOptions.defaults().withJitCompile(true));
    turns.add("compiled by XLA", () -> train(trainer, data));
    turns.measure(rounds);
  }

  private void execution(Turns turns) {
    Dataset data = images();
    try (Trainer trainer = Nets.trainer(Nets.of(net))) {
      for (String number : more.isEmpty() ? List.of("1", "8", "50") : more) {
        Fit fit = Fit.epochs(1).batchSize(batch).stepsPerExecution(Integer.parseInt(number));
        turns.add(number + " a run, fed", () -> trainer.fit(data, fit.resident(false)));
        turns.add(number + " a run, resident", () -> trainer.fit(data, fit.resident(true)));
      }
      turns.measure(rounds);
    }
  }

  // The process ends when all is measured, and the trainers with it.
  private void add(Turns turns, String name, Model model, Dataset data) {
    Trainer trainer = Nets.trainer(model);
    turns.add(name, () -> train(trainer, data));
  }

  private void train(Trainer trainer, Dataset data) {
    trainer.fit(data, Fit.epochs(1).batchSize(batch));
  }
}
