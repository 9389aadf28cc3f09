package kerava.train.callbacks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import kerava.files.WriteException;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.train.Batch;
import kerava.train.Callback;
import kerava.train.CallbackAction;
import kerava.train.Epoch;
import kerava.train.ObserverState;
import kerava.train.Run;
import kerava.train.Trainer;

/** What a run writes for TensorBoard. */
final class TensorBoardWriter implements Callback.Observer {
  private final Path folder;
  private final TensorBoardOptions options;
  private final Run run;
  private final EventLog training;
  private final EventLog validation;
  private long epochStart = System.nanoTime();
  private boolean begun;

  TensorBoardWriter(Path folder, TensorBoardOptions options, Run run) {
    this.folder = folder;
    this.options = options;
    this.training = new EventLog(folder.resolve("train"));
    this.validation = new EventLog(folder.resolve("validation"));
    this.run = run;
    this.begun = run.resumed();
  }

  @Override
  public CallbackAction epochBegin(int epoch) {
    epochStart = System.nanoTime();
    if (!begun) {
      begun = true;
      guarded(this::begin);
    }
    return CallbackAction.proceed();
  }

  private void begin() throws IOException {
    if (options.graph() && run.view() instanceof Trainer trainer) {
      training.graph(trainer.graphDef().toByteArray());
    }
    if (options.pictures().isPresent()) {
      SamplePictures pictures = options.pictures().get();
      training.images("samples", pictures.width(), pictures.height(), pictures.files());
    }
    training.flush();
  }

  @Override
  public CallbackAction batchEnd(Batch batch) {
    long step = batch.step() + 1;
    if (options.updateFreq() > 0 && step % options.updateFreq() == 0) {
      guarded(
          () -> {
            for (Map.Entry<String, Double> metric : batch.means().get().entrySet()) {
              training.scalar("batch_" + metric.getKey(), step, metric.getValue());
            }
          });
    }
    return CallbackAction.proceed();
  }

  @Override
  public int batchesAtOnce(long step) {
    return Integer.MAX_VALUE;
  }

  @Override
  public CallbackAction epochEnd(Epoch epoch) {
    guarded(
        () -> {
          write(epoch);
          training.flush();
          validation.flush();
        });
    return CallbackAction.proceed();
  }

  private void write(Epoch epoch) throws IOException {
    for (Map.Entry<String, Double> metric : epoch.metrics().entrySet()) {
      String name = metric.getKey();
      if (name.startsWith("val_")) {
        String own = name.substring("val_".length());
        long iterations = run.view().state().optimizer().iterations();
        validation.scalar("epoch_" + own, epoch.index(), metric.getValue());
        validation.scalar("evaluation_" + own + "_vs_iterations", iterations, metric.getValue());
      } else if (!name.equals("learning_rate")) {
        training.scalar("epoch_" + name, epoch.index(), metric.getValue());
      }
    }
    if (run.view().settings().optimizer().hasOneRate()) {
      training.scalar("epoch_learning_rate", epoch.index(), run.view().learningRate());
    }
    if (options.stepsPerSecond()) {
      double seconds = (System.nanoTime() - epochStart) / 1e9;
      training.scalar("epoch_steps_per_second", epoch.index(), epoch.steps() / seconds);
    }
    if (options.histogramFreq() > 0 && epoch.index() % options.histogramFreq() == 0) {
      histograms(epoch.index());
    }
  }

  private void histograms(int epoch) throws IOException {
    Weights weights = run.view().weights();
    for (String name : weights.names()) {
      Array array = weights.get(name);
      String tag = run.view().model().name() + "/" + name + "/histogram";
      training.histogram(tag, epoch, Histogram.of(array.floats()));
    }
  }

  @Override
  public ObserverState state() {
    double[] sizes = new double[2];
    guarded(
        () -> {
          training.flush();
          validation.flush();
          sizes[0] = training.size();
          sizes[1] = validation.size();
        });
    return ObserverState.of(
        Map.of(
            "train",
            (double) training.began(),
            "train_bytes",
            sizes[0],
            "validation",
            (double) validation.began(),
            "validation_bytes",
            sizes[1]));
  }

  @Override
  public void recall(ObserverState state) {
    guarded(
        () -> {
          training.resume((long) state.number("train"), (long) state.number("train_bytes"));
          validation.resume(
              (long) state.number("validation"), (long) state.number("validation_bytes"));
        });
  }

  @Override
  public CallbackAction runEnd() {
    guarded(
        () -> {
          training.close();
          validation.close();
        });
    return CallbackAction.proceed();
  }

  private void guarded(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw problem(folder, e);
    }
  }

  /** A folder that cannot be written, in a sentence. */
  static UncheckedIOException problem(Path folder, IOException e) {
    String expectation = "TensorBoard: expected a folder to write in " + folder;
    WriteException problem = WriteException.of(expectation, folder, e);
    return new UncheckedIOException(problem.getMessage(), problem);
  }

  /** Something that is written. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }
}
