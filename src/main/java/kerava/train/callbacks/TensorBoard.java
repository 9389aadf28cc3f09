package kerava.train.callbacks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import kerava.data.Dataset;
import kerava.files.Folders;
import kerava.files.PlaceLock;
import kerava.train.BackupAndRestore;
import kerava.train.Callback;
import kerava.train.Run;

/**
 * Writes what TensorBoard shows: the metrics of each epoch, the graph and, where asked for, metrics
 * of batches, histograms of the weights and sample images.
 *
 * <p>The metrics of training go to {@code train} and those of validation to {@code validation}
 * within the folder, under the names that Keras gives them: {@code epoch_loss}. A run that goes on
 * from a {@link BackupAndRestore backup} goes on in its files. Look at them with {@code tensorboard
 * --logdir FOLDER}.
 *
 * @see <a href="https://keras.io/api/callbacks/tensorboard/">Keras: TensorBoard</a>
 */
public final class TensorBoard implements Callback {
  private final Path folder;
  private final TensorBoardOptions options;

  private TensorBoard(Path folder, TensorBoardOptions options) {
    this.folder = folder;
    this.options = options;
  }

  /** Writes the metrics of each epoch and the graph into a folder. */
  public static TensorBoard of(Path folder) {
    return new TensorBoard(folder, TensorBoardOptions.defaults());
  }

  /**
   * The same with histograms of all weights after every so many epochs; 0, none, by default.
   *
   * @throws IllegalArgumentException if the number is below 0
   */
  public TensorBoard histogramFreq(int epochs) {
    require("histogramFreq", epochs);
    return new TensorBoard(folder, options.histogramFreq(epochs));
  }

  /**
   * The same with the metrics of the epoch so far after every so many batches; 0, none, by default.
   *
   * @throws IllegalArgumentException if the number is below 0
   */
  public TensorBoard updateFreq(int batches) {
    require("updateFreq", batches);
    return new TensorBoard(folder, options.updateFreq(batches));
  }

  /** The same with or without the graph; with it by default. */
  public TensorBoard writeGraph(boolean graph) {
    return new TensorBoard(folder, options.graph(graph));
  }

  /** The same with how many steps a second each epoch made; without by default. */
  public TensorBoard writeStepsPerSecond() {
    return new TensorBoard(folder, options.withStepsPerSecond());
  }

  /**
   * The same with the first images of a data set; without by default.
   *
   * @throws IllegalArgumentException if they are no images of one or three channels, or none
   */
  public TensorBoard images(Dataset data, int count) {
    return new TensorBoard(folder, options.pictures(new SamplePictures(data, count)));
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
      throw TensorBoardWriter.problem(folder, e);
    }
    return new TensorBoardWriter(folder, options, run);
  }
}
