package kerava.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import kerava.data.Dataset;
import kerava.train.graph.SampleWeights;

/**
 * How long and on what a model is trained: Keras' arguments of {@code fit}; immutable.
 *
 * @see <a href="https://keras.io/api/models/model_training_apis/#fit-method">Keras: fit</a>
 */
public final class Fit {
  private int epochs;
  private int batchSize = 32;
  private int initialEpoch;
  private boolean shuffle = true;
  private boolean alternateFlips;
  private int shuffleBuffer;
  private double validationSplit;
  private Optional<Dataset> validation = Optional.empty();
  private Map<Integer, Double> classWeights = Map.of();
  private Map<String, float[]> sampleWeights = Map.of();
  private List<Callback> callbacks = List.of();
  private int stepsPerExecution;
  private Optional<Boolean> resident = Optional.empty();

  private Fit(int epochs) {
    this.epochs = epochs;
  }

  /**
   * Training for some epochs in shuffled batches of 32.
   *
   * @throws IllegalArgumentException if there is less than one epoch
   */
  public static Fit epochs(int epochs) {
    return new Fit(require("epochs", "at least 1", epochs, epochs >= 1));
  }

  /** The same with another number of samples a batch; 32 by default. */
  public Fit batchSize(int size) {
    require("batch size", "at least 1", size, size >= 1);
    return with(copy -> copy.batchSize = size);
  }

  /** The same, evaluated on a data set after each epoch. */
  public Fit validation(Dataset dataset) {
    return with(copy -> copy.validation = Optional.of(dataset));
  }

  /**
   * The same, evaluated after each epoch on the last part of the training data, which is cut off
   * before it is shuffled, as in Keras. Of data that lie class after class ({@link
   * Dataset#orderedByClass}), such as a folder of images, a share of each class is drawn instead,
   * by the seed of the trainer: the last part would be of the last class alone.
   *
   * @param share the share to cut off, above 0 and below 1
   */
  public Fit validationSplit(double share) {
    require("validation split", "above 0 and below 1", share, share > 0 && share < 1);
    return with(copy -> copy.validationSplit = share);
  }

  /** The same with or without a new order in each epoch; with one by default. */
  public Fit shuffle(boolean shuffle) {
    return with(copy -> copy.shuffle = shuffle);
  }

  /**
   * The same with each image mirrored left to right in every second epoch, or, by default, in none:
   * half of the images begin mirrored, which ones follows from the seed. Over two epochs each image
   * is then seen both ways, where {@code RandomFlip} shows half of them twice the same way (Jordan
   * 2024).
   *
   * @see <a href="https://arxiv.org/abs/2404.00498">Jordan 2024: 94% on CIFAR-10 in 3.29 Seconds on
   *     a Single GPU</a>
   */
  public Fit alternateFlips(boolean alternate) {
    return with(copy -> copy.alternateFlips = alternate);
  }

  /**
   * The same that shuffles by a buffer of so many samples, which is filled in turn and emptied at
   * random, so that samples on a disk are read nearly where they lie; by default each epoch's order
   * is one of all samples.
   */
  public Fit shuffleBuffer(int samples) {
    require("shuffle buffer", "at least 1", samples, samples >= 1);
    return with(copy -> copy.shuffleBuffer = samples);
  }

  /** The same with a weight for the loss of each class; 1 for the classes left out. */
  public Fit classWeights(Map<Integer, Double> weights) {
    return with(copy -> copy.classWeights = Map.copyOf(weights));
  }

  /**
   * The same with a weight for the loss of each sample of the training data; the losses are still
   * divided by the number of samples. What {@link #validationSplit} cuts off takes its weights
   * along. Of several outputs, the weights are for each.
   */
  public Fit sampleWeights(float[] weights) {
    return sampleWeights(Map.of(SampleWeights.EVERY, weights));
  }

  /**
   * The same with weights for the losses of single outputs; 1 for those left out.
   *
   * @param weights under {@link kerava.Model#targetNames}, one a sample
   */
  public Fit sampleWeights(Map<String, float[]> weights) {
    Map<String, float[]> own = new TreeMap<>();
    weights.forEach((output, values) -> own.put(output, values.clone()));
    return with(copy -> copy.sampleWeights = own);
  }

  /**
   * The same, counting from an epoch: training ends at the same epoch as otherwise.
   *
   * @param epoch the first epoch, from 0
   */
  public Fit initialEpoch(int epoch) {
    require("initial epoch", "from 0 to " + (epochs - 1), epoch, epoch >= 0 && epoch < epochs);
    return with(copy -> copy.initialEpoch = epoch);
  }

  /** The same with more callbacks; they are asked in the order in which they were added. */
  public Fit callbacks(Callback... more) {
    List<Callback> all = new ArrayList<>(callbacks);
    all.addAll(List.of(more));
    return with(copy -> copy.callbacks = List.copyOf(all));
  }

  /**
   * The same with up to so many training steps in one run of TensorFlow's, by a loop in the graph;
   * 0, the default, lets Kerava choose: as many as take a tenth of a second, at most 32, once 1000
   * steps have shown that the training is long. Weights and history are the same.
   *
   * <p>Callbacks are still told of every batch, with its own metrics. A run ends with the batch at
   * which one of them wants to see the model; see {@link Callback.Observer#batchesAtOnce}.
   *
   * @throws IllegalArgumentException if the number is below 0
   * @see <a href="https://keras.io/api/models/model_training_apis/#compile-method">Keras: {@code
   *     steps_per_execution}</a>
   */
  public Fit stepsPerExecution(int steps) {
    require("steps per execution", "at least 1, or 0 to choose", steps, steps >= 0);
    return with(copy -> copy.stepsPerExecution = steps);
  }

  /**
   * The same with the inputs of the training data in the memory of the device, where steps gather
   * their batches by number, or with each batch fed; by default they lie there where that is a GPU
   * and they take at most a quarter of its memory. {@link Trainer#fit} refuses data that cannot lie
   * there: those that are read from a disk, or bytes that are no multiple of four a sample.
   */
  public Fit resident(boolean inDeviceMemory) {
    return with(copy -> copy.resident = Optional.of(inDeviceMemory));
  }

  int epochs() {
    return epochs;
  }

  int batchSize() {
    return batchSize;
  }

  int initialEpoch() {
    return initialEpoch;
  }

  boolean shuffle() {
    return shuffle;
  }

  boolean alternateFlips() {
    return alternateFlips;
  }

  int shuffleBuffer() {
    return shuffleBuffer;
  }

  double validationSplit() {
    return validationSplit;
  }

  Optional<Dataset> validation() {
    return validation;
  }

  Map<Integer, Double> classWeights() {
    return classWeights;
  }

  Map<String, float[]> sampleWeights() {
    return sampleWeights;
  }

  List<Callback> callbacks() {
    return callbacks;
  }

  int stepsPerExecution() {
    return stepsPerExecution;
  }

  Optional<Boolean> resident() {
    return resident;
  }

  private Fit with(Consumer<Fit> change) {
    Fit copy = new Fit(epochs);
    copy.batchSize = batchSize;
    copy.initialEpoch = initialEpoch;
    copy.shuffle = shuffle;
    copy.alternateFlips = alternateFlips;
    copy.shuffleBuffer = shuffleBuffer;
    copy.validationSplit = validationSplit;
    copy.validation = validation;
    copy.classWeights = classWeights;
    copy.sampleWeights = sampleWeights;
    copy.callbacks = callbacks;
    copy.stepsPerExecution = stepsPerExecution;
    copy.resident = resident;
    change.accept(copy);
    return copy;
  }

  private static <N extends Number> N require(String what, String expected, N got, boolean good) {
    if (!good) {
      throw new IllegalArgumentException(
          "Fit " + what + ": expected " + expected + ", got " + got + ".");
    }
    return got;
  }
}
