package kerava.gpu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import kerava.data.Npy;
import kerava.gpu.Bench.CheckException;
import kerava.gpu.Bench.Training;
import kerava.gpu.Findings.Figure;
import kerava.graph.Array;

/** The parts of a check, in the order in which they are run. */
enum Stage {
  /** What the machine has. */
  DOCTOR {
    @Override
    void run(Bench bench, Findings findings) throws IOException, InterruptedException {
      List<String> words = new ArrayList<>(List.of("devices"));
      if (!bench.dry()) {
        words.addAll(List.of("--require", bench.device()));
      }
      Child.End end = bench.child("devices", Map.of(), OptionalInt.empty()).kerava(words);
      findings.note("kerava devices: " + bench.out().resolve("devices.log"));
      if (end.code() != 0) {
        findings.fail(end.lastLine());
      }
    }
  },
  /** The golden tests, on the device. */
  TESTS {
    @Override
    void run(Bench bench, Findings findings) throws IOException, InterruptedException {
      Map<String, String> environment =
          Map.of(
              "KERAVA_TEST_DEVICE",
              bench.device(),
              Trainings.EXACT,
              "0",
              "TF_CPP_MIN_LOG_LEVEL",
              "3");
      Child.End end =
          bench
              .child("tests", environment, OptionalInt.empty())
              .run("kerava.gpu.GpuTests", List.of());
      findings.note(end.lastLine());
      if (end.code() != 0) {
        findings.fail("tests: see " + bench.out().resolve("tests.log") + ".");
      }
    }
  },
  /** The seed network as the notebook trains it, against the CPU. */
  SEED {
    @Override
    void run(Bench bench, Findings findings)
        throws IOException, InterruptedException, CheckException {
      Training here = Trainings.seed(bench, "seed", bench.device());
      findings.tell("test accuracy", here.accuracy(), "");
      Figure time = new Figure("time of an epoch", here.secondsPerEpoch(), "s", "< 1");
      findings.target(time, time.value() < 1, bench.targets());
      Training cpu = Trainings.seed(bench, "seed-cpu", "cpu");
      findings.tell("CPU: test accuracy", cpu.accuracy(), "");
      findings.tell("CPU: time of an epoch", cpu.secondsPerEpoch(), "s");
      Figure less =
          new Figure("CPU's accuracy less its", cpu.accuracy() - here.accuracy(), "", "<= 0.01");
      findings.target(less, less.value() <= 0.01, bench.targets());
      Trainings.memory(here, findings);
    }
  },
  /** The seed network in large batches, several steps a run where this version has them. */
  BATCH512 {
    @Override
    void run(Bench bench, Findings findings)
        throws IOException, InterruptedException, CheckException {
      List<String> words = new ArrayList<>(List.of("--batch-size", bench.dry() ? "24" : "512"));
      words.addAll(Trainings.epochs(bench, 10));
      Trainings.add(bench, findings, words, "--steps-per-execution", "16");
      Training training = bench.train("batch512", bench.device(), words, Map.of());
      Figure time = new Figure("time of an epoch", training.secondsPerEpoch(), "s", "< 0.3");
      findings.target(time, time.value() < 0.3, bench.targets());
      findings.tell("test accuracy", training.accuracy(), "");
      Trainings.memory(training, findings);
    }
  },
  /** A residual network: three epochs, or the paper's schedule. */
  RESNET20 {
    @Override
    void run(Bench bench, Findings findings)
        throws IOException, InterruptedException, CheckException {
      boolean complete = bench.complete() && bench.targets();
      if (complete && !bench.offers("--recipe")) {
        findings.note("this version has no recipes: the short schedule instead");
        complete = false;
      }
      List<String> words = new ArrayList<>();
      if (complete) {
        words.addAll(List.of("--recipe", "resnet20"));
      } else {
        words.addAll(List.of("--model", "resnet20", "--batch-size", "128"));
        words.addAll(Trainings.epochs(bench, 3));
      }
      Trainings.add(bench, findings, words, "--steps-per-execution", "16");
      Training training =
          bench.train(complete ? "resnet20-complete" : "resnet20", bench.device(), words, Map.of());
      findings.tell("time of an epoch", training.secondsPerEpoch(), "s");
      Figure accuracy =
          new Figure("test accuracy", training.accuracy(), "", complete ? ">= 0.9125" : "");
      findings.target(accuracy, accuracy.value() >= 0.9125, complete);
      Figure whole = new Figure("whole training", training.seconds(), "s", complete ? "< 600" : "");
      findings.target(whole, whole.value() < 600, complete);
      Trainings.memory(training, findings);
    }
  },
  /** The same in float16 with tensor cores. */
  MIXED {
    @Override
    void run(Bench bench, Findings findings)
        throws IOException, InterruptedException, CheckException {
      // A CPU takes a hundred times as long for float16.
      String model = bench.dry() ? "resnet8" : "resnet20";
      List<String> words = new ArrayList<>(List.of("--model", model, "--batch-size", "128"));
      words.addAll(Trainings.epochs(bench, 3));
      if (!Trainings.add(bench, findings, words, "--mixed-precision", "float16")) {
        return;
      }
      Trainings.add(bench, findings, words, "--steps-per-execution", "16");
      Training training = bench.train("mixed", bench.device(), words, Map.of());
      findings.tell("time of an epoch", training.secondsPerEpoch(), "s");
      findings.tell("test accuracy", training.accuracy(), "");
      Trainings.memory(training, findings);
    }
  },
  /** Compiled by XLA, against the same without it. */
  XLA {
    @Override
    void run(Bench bench, Findings findings)
        throws IOException, InterruptedException, CheckException {
      for (String model : bench.dry() ? List.of("cnn") : List.of("cnn", "resnet20")) {
        List<String> words = new ArrayList<>(List.of("--model", model, "--batch-size", "128"));
        words.addAll(Trainings.epochs(bench, 3));
        Training plain = bench.train("xla-not-" + model, bench.device(), words, Map.of());
        words.add("--jit-compile");
        Training compiled = bench.train("xla-" + model, bench.device(), words, Map.of());
        findings.tell(model + ": time of an epoch", compiled.secondsPerEpoch(), "s");
        findings.tell(
            model + ": its ratio to that without",
            compiled.secondsPerEpoch() / plain.secondsPerEpoch(),
            "");
        findings.tell(
            model + ": its accuracy less that without", compiled.accuracy() - plain.accuracy(), "");
      }
    }
  },
  /** The recipe that is made to be fast. */
  FAST {
    @Override
    void run(Bench bench, Findings findings)
        throws IOException, InterruptedException, CheckException {
      if (!bench.offers("--recipe")) {
        findings.note("this version has no recipes");
        return;
      }
      String recipe = bench.offers("fast94 ") ? "fast94" : "fast";
      findings.note("the recipe " + recipe);
      List<String> words = new ArrayList<>(List.of("--recipe", recipe));
      if (bench.dry()) {
        words.addAll(Trainings.epochs(bench, 1));
      }
      Trainings.add(bench, findings, words, "--steps-per-execution", "16");
      Training training = bench.train("fast", bench.device(), words, Map.of());
      Figure accuracy = new Figure("test accuracy", training.accuracy(), "", ">= 0.94");
      findings.target(accuracy, accuracy.value() >= 0.94, bench.targets());
      Figure whole = new Figure("whole training", training.seconds(), "s", "< 60");
      findings.target(whole, whole.value() < 60, bench.targets());
      Trainings.memory(training, findings);
    }
  },
  /** What is trained here predicts the same on the CPU, and the other way round. */
  EXPORTS {
    @Override
    void run(Bench bench, Findings findings)
        throws IOException, InterruptedException, CheckException {
      Path inputs = bench.out().resolve("inputs.npy");
      Npy.write(inputs, Trainings.noise());
      Training here = Trainings.seed(bench, "seed", bench.device());
      Training cpu = Trainings.seed(bench, "seed-cpu", "cpu");
      for (Path model :
          List.of(here.archive(), here.savedModel(), cpu.archive(), cpu.savedModel())) {
        Array one = Trainings.predict(bench, model, bench.device(), inputs);
        Array other = Trainings.predict(bench, model, "cpu", inputs);
        String name = bench.out().relativize(model) + ", here and CPU";
        Figure figure = new Figure(name, Trainings.distance(one, other), "", "<= 1e-4");
        findings.target(figure, figure.value() <= 1e-4, true);
      }
    }
  },
  /** The same seed twice, as it is and where TensorFlow is asked to be repeatable. */
  REPEAT {
    @Override
    void run(Bench bench, Findings findings)
        throws IOException, InterruptedException, CheckException {
      findings.tell("apart, same seed twice", Trainings.twice(bench, "repeat", Map.of()), "");
      Map<String, String> asked = Map.of("TF_DETERMINISTIC_OPS", "1");
      Figure apart =
          new Figure(
              "apart, TF_DETERMINISTIC_OPS=1",
              Trainings.twice(bench, "repeat-asked", asked),
              "",
              "0");
      findings.target(apart, apart.value() == 0, true);
    }
  };

  abstract void run(Bench bench, Findings findings)
      throws IOException, InterruptedException, CheckException;
}
