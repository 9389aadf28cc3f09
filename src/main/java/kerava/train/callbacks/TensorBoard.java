package kerava.train.callbacks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import kerava.data.Dataset;
import kerava.files.Folders;
import kerava.files.PlaceLock;
import kerava.files.WriteException;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.train.BackupAndRestore;
import kerava.train.Batch;
import kerava.train.Callback;
import kerava.train.CallbackAction;
import kerava.train.Epoch;
import kerava.train.ObserverState;
import kerava.train.Run;
import kerava.train.Trainer;

/**
 * Writes what TensorBoard shows: the figures of each epoch, the graph and, where asked for, figures
 * of batches, histograms of the weights and sample images.
 *
 * <p>The figures of training go to {@code train} and those of validation to {@code validation}
 * within the folder, under the names that Keras gives them: {@code epoch_loss}. A run that goes on
 * from a {@link BackupAndRestore backup} goes on in its files. Look at them with {@code tensorboard
 * --logdir FOLDER}.
 *
 * @see <a href="https://keras.io/api/callbacks/tensorboard/">Keras: TensorBoard</a>
 */
public final class TensorBoard implements Callback {
  private final Path folder;
  private final Options options;

  private record Options(
      int histogramFreq,
      int updateFreq,
      boolean graph,
      boolean stepsPerSecond,
      Optional<SamplePictures> pictures) {}

  private TensorBoard(Path folder, Options options) {
    this.folder = folder;
    this.options = options;
  }

  /** Writes the figures of each epoch and the graph into a folder. */
  public static TensorBoard of(Path folder) {
    return new TensorBoard(folder, new Options(0, 0, true, false, Optional.empty()));
  }

  /**
   * The same with histograms of all weights after every so many epochs; 0, none, by default.
   *
   * @throws IllegalArgumentException if the number is below 0
   */
  public TensorBoard histogramFreq(int epochs) {
    require("histogramFreq", epochs);
    return new TensorBoard(
        folder,
        new Options(
            epochs, options.updateFreq, options.graph, options.stepsPerSecond, options.pictures));
  }

  /**
   * The same with the figures of the epoch so far after every so many batches; 0, none, by default.
   *
   * @throws IllegalArgumentException if the number is below 0
   */
  public TensorBoard updateFreq(int batches) {
    require("updateFreq", batches);
    return new TensorBoard(
        folder,
        new Options(
            options.histogramFreq,
            batches,
            options.graph,
            options.stepsPerSecond,
            options.pictures));
  }

  /** The same with or without the graph; with it by default. */
  public TensorBoard writeGraph(boolean graph) {
    return new TensorBoard(
        folder,
        new Options(
            options.histogramFreq,
            options.updateFreq,
            graph,
            options.stepsPerSecond,
            options.pictures));
  }

  /** The same with how many steps a second each epoch made; without by default. */
  public TensorBoard writeStepsPerSecond() {
    return new TensorBoard(
        folder,
        new Options(
            options.histogramFreq, options.updateFreq, options.graph, true, options.pictures));
  }

  /**
   * The same with the first images of a data set; without by default.
   *
   * @throws IllegalArgumentException if they are no images of one or three channels, or none
   */
  public TensorBoard images(Dataset data, int count) {
    return new TensorBoard(
        folder,
        new Options(
            options.histogramFreq,
            options.updateFreq,
            options.graph,
            options.stepsPerSecond,
            Optional.of(new SamplePictures(data, count))));
  }

  private static void require(String what, int number) {
    if (number < 0) {
      throw new IllegalArgumentException(
          "TensorBoard " + what + ": expected at least 0, got " + number + ".");
    }
  }

  @Override
  public Optional<PlaceLock> lock() throws IOException {
    return Optional.of(PlaceLock.folder("TensorBoard", folder));
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException if the folder cannot be written
   */
  @Override
  public Observer observe(Run run) {
    try {
      Folders.prepare("TensorBoard", folder);
    } catch (IOException e) {
      throw problem(e);
    }
    return new Watch(run);
  }

  private UncheckedIOException problem(IOException e) {
    String expectation = "TensorBoard: expected a folder to write in " + folder;
    WriteException problem = WriteException.of(expectation, folder, e);
    return new UncheckedIOException(problem.getMessage(), problem);
  }

  private final class Watch implements Observer {
    private final Run run;
    private final EventLog training = new EventLog(folder.resolve("train"));
    private final EventLog validation = new EventLog(folder.resolve("validation"));
    private long epochStart = System.nanoTime();
    private boolean begun;

    Watch(Run run) {
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
      if (options.graph && run.view() instanceof Trainer trainer) {
        training.graph(trainer.graphDef().toByteArray());
      }
      if (options.pictures.isPresent()) {
        SamplePictures pictures = options.pictures.get();
        training.images("samples", pictures.width(), pictures.height(), pictures.files());
      }
      training.flush();
    }

    @Override
    public CallbackAction batchEnd(Batch batch) {
      long step = batch.step() + 1;
      if (options.updateFreq > 0 && step % options.updateFreq == 0) {
        guarded(
            () -> {
              for (Map.Entry<String, Double> figure : batch.means().get().entrySet()) {
                training.scalar("batch_" + figure.getKey(), step, figure.getValue());
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
      for (Map.Entry<String, Double> figure : epoch.figures().entrySet()) {
        String name = figure.getKey();
        if (name.startsWith("val_")) {
          String own = name.substring("val_".length());
          long iterations = run.view().state().optimizer().iterations();
          validation.scalar("epoch_" + own, epoch.index(), figure.getValue());
          validation.scalar("evaluation_" + own + "_vs_iterations", iterations, figure.getValue());
        } else if (!name.equals("learning_rate")) {
          training.scalar("epoch_" + name, epoch.index(), figure.getValue());
        }
      }
      training.scalar("epoch_learning_rate", epoch.index(), run.view().learningRate());
      if (options.stepsPerSecond) {
        double seconds = (System.nanoTime() - epochStart) / 1e9;
        training.scalar("epoch_steps_per_second", epoch.index(), epoch.steps() / seconds);
      }
      if (options.histogramFreq > 0 && epoch.index() % options.histogramFreq == 0) {
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
        throw problem(e);
      }
    }
  }

  /** Something that is written. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }
}
