package kerava.reliability;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import kerava.StoredModel;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.saving.LoadedModel;
import kerava.saving.SavedModels;
import kerava.train.BackupAndRestore;
import kerava.train.Callback;
import kerava.train.CallbackAction;
import kerava.train.Fit;
import kerava.train.Predictor;
import kerava.train.Trainer;
import kerava.train.callbacks.CsvLogger;
import kerava.train.callbacks.EarlyStopping;
import kerava.train.callbacks.ReduceLROnPlateau;
import kerava.train.callbacks.TensorBoard;

/** The process that does one thing for long, and looks at itself while it does. */
final class SoakRunner {
  private static final int THREADS = 8;
  private static final int BATCH = 32;
  private static final int SAMPLES = 200;
  private static final int REPORTED = 1000;

  private final PrintStream out;
  private final long times;
  private final Path folder;
  private final AtomicLong done = new AtomicLong();
  private final List<long[]> samples = new ArrayList<>();

  private SoakRunner(PrintStream out, long times, Path folder) {
    this.out = out;
    this.times = times;
    this.folder = folder;
  }

  private void steps() {
    int batches = 100;
    int epochs = (int) Math.max(1, times / batches);
    Dataset data = Small.data(1, BATCH * batches);
    try (Trainer trainer = Small.trainer()) {
      trainer.fit(
          data,
          Fit.epochs(epochs)
              .batchSize(BATCH)
              .validation(Small.data(2, BATCH))
              .callbacks(
                  CsvLogger.of(folder.resolve("log.csv")),
                  TensorBoard.of(folder.resolve("tensorboard")).histogramFreq(10),
                  BackupAndRestore.of(folder.resolve("backup")),
                  ReduceLROnPlateau.of().patience(3),
                  EarlyStopping.of().patience(epochs).restoreBestWeights(),
                  Callback.onBatch(
                      batch -> {
                        did(1);
                        return CallbackAction.proceed();
                      })));
    }
  }

  /** Each thread gives the same numbers for the same inputs, each time. */
  private void predictions() throws Exception {
    Array input = Small.batch(1);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Predictor predictor = predictor()) {
      Array expected = predictor.predict(input);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        long own = times / THREADS + (i < times % THREADS ? 1 : 0);
        running.add(
            threads.submit(
                () -> {
                  for (long k = 0; k < own; k++) {
                    if (!predictor.predict(input).equals(expected)) {
                      say("loss\ta prediction differs");
                    }
                    did(1);
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Predictor predictor() {
    return Predictor.of(StoredModel.of(Small.MODEL, Small.weights(1)), Device.cpu());
  }

  private void trainers() {
    for (long i = 0; i < times; i++) {
      try (Trainer trainer = Small.trainer()) {
        trainer.fit(Small.data(1, BATCH), Fit.epochs(1).batchSize(BATCH));
      }
      did(1);
    }
  }

  private void predictors() {
    for (long i = 0; i < times; i++) {
      try (Predictor predictor = predictor()) {
        predictor.predict(Small.batch(1));
      }
      did(1);
    }
  }

  private void savedModels() throws Exception {
    Path version = SavedModels.export(Small.stored(1), folder.resolve("base"));
    for (long i = 0; i < times; i++) {
      try (LoadedModel model = LoadedModel.open(version)) {
        model.call(
            "serving_default",
            java.util.Map.of(
                model.signature("serving_default").inputs().keySet().iterator().next(),
                Small.batch(1)));
      }
      did(1);
    }
  }

  private synchronized void say(String line) {
    out.println(line);
  }

  private void did(long more) {
    long now = done.addAndGet(more);
    long every = Math.max(1, times / SAMPLES);
    if (now % every == 0) {
      synchronized (samples) {
        samples.add(
            new long[] {
              Machine.residentKilobytes(), Machine.entries("task"), Machine.entries("fd")
            });
      }
    }
    if (now % Math.max(1, times / REPORTED) == 0) {
      say("add\t" + Math.max(1, times / REPORTED));
    }
  }

  /** The median of a part of the samples; of memory, threads or descriptors. */
  private double median(int what, double from, double to) {
    int size = samples.size();
    long[] sorted =
        samples
            .subList((int) (size * from), Math.max((int) (size * from) + 1, (int) (size * to)))
            .stream()
            .mapToLong(sample -> sample[what])
            .sorted()
            .toArray();
    return sorted[sorted.length / 2];
  }

  /** Compares the last tenth with the tenth behind the warm-up, which is the first third. */
  private void check(double most) {
    String[] names = {"memory in KB", "threads", "descriptors"};
    for (int i = 0; i < names.length; i++) {
      double before = median(i, 1 / 3.0, 1 / 3.0 + 0.1);
      double after = median(i, 0.9, 1);
      say(
          "note\t%s\t%.0f, then %.0f: %+.2f %%"
              .formatted(names[i], before, after, 100 * (after / before - 1)));
      if (after > before * (1 + most)) {
        say("loss\t" + names[i] + " grow from " + (long) before + " to " + (long) after);
      }
    }
  }

  /** Takes what is done, how often, how much memory may grow, and a folder. */
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    SoakRunner runner = new SoakRunner(out, Long.parseLong(args[1]), Path.of(args[3]));
    long began = System.nanoTime();
    switch (Soak.Phase.valueOf(args[0])) {
      case STEPS -> runner.steps();
      case PREDICTIONS -> runner.predictions();
      case TRAINERS -> runner.trainers();
      case PREDICTORS -> runner.predictors();
      case SAVED_MODELS -> runner.savedModels();
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    runner.say("note\ttimes\t" + runner.done.get() + " in " + seconds + " s");
    runner.check(Double.parseDouble(args[2]));
    System.exit(0);
  }
}
