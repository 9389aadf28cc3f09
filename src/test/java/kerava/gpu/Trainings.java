package kerava.gpu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import kerava.data.Npy;
import kerava.gpu.Bench.CheckException;
import kerava.gpu.Bench.Training;
import kerava.gpu.Findings.Figure;
import kerava.graph.Array;
import kerava.graph.Weights;

/** What stages of a check have in common: trainings, predictions, and how far apart numbers are. */
final class Trainings {
  /** Turns off the GPU's shortened multiplications (TF32), for comparisons. */
  static final String EXACT = "NVIDIA_TF32_OVERRIDE";

  private Trainings() {}

  /** Under two names, and so two runs even where both are on the CPU. */
  static Training seed(Bench bench, String name, String where)
      throws IOException, InterruptedException, CheckException {
    return bench.train(name, where, epochs(bench, 10), Map.of());
  }

  static List<String> epochs(Bench bench, int count) {
    return List.of("--epochs", String.valueOf(bench.dry() ? 1 : count));
  }

  static boolean add(
      Bench bench, Findings findings, List<String> words, String option, String value) {
    if (!bench.offers(option)) {
      findings.note("this version has no " + option);
      return false;
    }
    words.addAll(List.of(option, value));
    return true;
  }

  /** What is used of the GPU, against what model and data need, and whether that grows. */
  static void memory(Training training, Findings findings) throws IOException {
    Need need = Need.of(training);
    findings.tell("memory that model and data need", need.all(), "MiB");
    List<Long> used = training.memory();
    if (used.size() < 8) {
      return;
    }
    String limit = String.format(Locale.ROOT, "<= need + 10 %% + %.0f", Need.CONSTANT);
    Figure most = new Figure("GPU memory, most", Collections.max(used) - used.get(0), "MiB", limit);
    findings.target(most, most.value() <= need.limit(), true);
    long early = Collections.max(used.subList(0, used.size() / 2));
    long late = Collections.max(used.subList(used.size() / 2, used.size()));
    Figure growth =
        new Figure("GPU memory, growth in the second half", late - early, "MiB", "<= 64");
    findings.target(growth, growth.value() <= 64, true);
  }

  static double twice(Bench bench, String name, Map<String, String> environment)
      throws IOException, InterruptedException, CheckException {
    List<String> words = new ArrayList<>(List.of("--epochs", "1"));
    if (!bench.dry()) {
      words.addAll(List.of("--limit", "10000"));
    }
    Weights one = bench.train(name + "-1", bench.device(), words, environment).weights();
    Weights two = bench.train(name + "-2", bench.device(), words, environment).weights();
    double most = 0;
    for (String weight : one.names()) {
      most = Math.max(most, distance(one.get(weight), two.get(weight)));
    }
    return most;
  }

  static Array predict(Bench bench, Path model, String where, Path inputs)
      throws IOException, InterruptedException, CheckException {
    String name = "predict-" + bench.out().relativize(model).toString().replace('/', '-');
    Path answers = bench.out().resolve(name + "-" + where.replace(':', '-') + ".npy");
    Map<String, String> environment = new java.util.HashMap<>(Map.of(EXACT, "0"));
    if (where.equals("cpu")) {
      // A SavedModel goes where TensorFlow likes, so it must see no GPU.
      environment.put("CUDA_VISIBLE_DEVICES", "-1");
    }
    Child.End end =
        bench
            .child(name + "-" + where.replace(':', '-'), environment, OptionalInt.empty())
            .kerava(
                List.of(
                    "predict",
                    model.toString(),
                    inputs.toString(),
                    "--output",
                    answers.toString(),
                    "--device",
                    where));
    if (end.code() != 0) {
      throw new CheckException(name + " on " + where + ": " + end.lastLine());
    }
    return Npy.read(answers);
  }

  static Array noise() {
    Random random = new Random(1);
    float[] numbers = new float[64 * 32 * 32 * 3];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextFloat();
    }
    return Array.of(numbers, 64, 32, 32, 3);
  }

  /** The largest difference; what is not a number is as far apart as can be. */
  static double distance(Array one, Array other) {
    double most = one.shape().equals(other.shape()) ? 0 : Double.MAX_VALUE;
    for (int i = 0; most < Double.MAX_VALUE && i < one.size(); i++) {
      double here = Math.abs((double) one.floats()[i] - other.floats()[i]);
      most = Double.isNaN(here) ? Double.MAX_VALUE : Math.max(most, here);
    }
    return most;
  }
}
