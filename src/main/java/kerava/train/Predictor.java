package kerava.train;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import kerava.Model;
import kerava.Prediction;
import kerava.StoredModel;
import kerava.config.Visible;
import kerava.data.Dataset;
import kerava.data.ImageFolder;
import kerava.data.Images;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Rows;
import kerava.graph.Weights;
import kerava.images.Preprocessing;
import kerava.train.graph.BatchInference;
import kerava.train.graph.BoundData;
import kerava.train.graph.FixedBatch;

/**
 * A model that predicts and is not trained: a graph with its inference alone, and a session. It
 * holds native memory and must be closed; predictions may be asked for by several threads.
 */
public final class Predictor implements AutoCloseable {
  /**
   * How many numbers the weights may be to be constants: 256 MiB. A graph holds a constant several
   * times, and must be smaller than 2 GB.
   */
  private static final long CONSTANTS = 64L << 20;

  private static final String WHERE = "Predictor predict";

  private final Model model;
  private final ClassPredictions classes;
  private final NamedInputs named;
  private final FixedBatch batches;
  private final PredictionGraph graph;

  private Predictor(StoredModel stored, PredictionGraph graph) {
    this.model = stored.model();
    this.classes = new ClassPredictions(stored);
    this.named = NamedInputs.of(model);
    this.batches = FixedBatch.of(model);
    this.graph = graph;
  }

  /** Builds the inference of a model on a GPU where there is one. */
  public static Predictor of(StoredModel stored) {
    return of(stored, Device.auto());
  }

  /** Builds the inference of a model. */
  public static Predictor of(StoredModel stored, Device device) {
    return of(stored, device, CONSTANTS);
  }

  /**
   * Builds the inference of a model without names of classes.
   *
   * @param weights all weights of the model
   * @throws IllegalArgumentException if a weight is missing or has another shape
   */
  public static Predictor of(Model model, Weights weights, Device device) {
    return of(StoredModel.of(model, weights), device);
  }

  /** The same with as many numbers as constants as is said. */
  static Predictor of(StoredModel stored, Device device, long constants) {
    return new Predictor(stored, PredictionGraph.build(stored, device, constants));
  }

  /**
   * The names under which a model is given its inputs, in its order: their keys where it takes a
   * dict, as in Keras, else those of the layers they enter at.
   */
  public static List<String> inputNames(Model model) {
    return NamedInputs.of(model).names();
  }

  /**
   * The classes of some image files, with their probabilities; a model whose outputs may mean
   * something else, as its last layer is linear and nothing names classes, gives its numbers.
   *
   * @param files PNG, JPEG, BMP or GIF, resized and scaled as the model expects
   * @return a prediction a file, in their order
   * @throws kerava.files.DatasetException if one is not an image that can be read
   * @throws IOException if one cannot be read
   * @throws IllegalArgumentException if the model takes no images or gives no scores of classes
   */
  public List<Prediction> classify(Path... files) throws IOException {
    return classes.predictions(
        predict(ImageFolder.ofFiles(List.of(files), classes.preprocessing())));
  }

  /**
   * The classes of some images; the same as of the same images in PNG files.
   *
   * @return a prediction an image, in their order
   * @throws IllegalArgumentException if the model takes no images or gives no scores of classes
   */
  public List<Prediction> classify(BufferedImage... images) {
    Preprocessing how = classes.preprocessing();
    return Arrays.stream(images)
        .map(image -> Images.pixels(image, how))
        .map(image -> Array.of(image.floats(), image.shape().prepend(1).asArray()))
        .flatMap(batch -> classes.predictions(graph.run(List.of(batch), true).get(0)).stream())
        .toList();
  }

  /**
   * The outputs for some inputs.
   *
   * @param inputs FLOAT32, which the model gets as they are, or UINT8, which are pixels and scaled
   *     as it expects; of shape (batch, ...). STRING, INT32 or INT64 where the model's input is of
   *     texts or whole numbers
   * @return shape (batch, ...)
   * @throws IllegalArgumentException if the inputs do not fit the model
   * @throws IllegalStateException if the model has several inputs or outputs
   */
  public Array predict(Array inputs) {
    requireOneOfEach();
    named.requireOne(inputs);
    if (batches.size().isPresent()) {
      return predict(List.of(inputs)).get(0);
    }
    int batch = Rows.count(inputs);
    return OutOfMemory.guard(
        WHERE, OptionalInt.of(batch), () -> graph.run(List.of(inputs), false).get(0));
  }

  /**
   * The output for the inputs of a data set; of a model with one input and one output.
   *
   * @return shape (samples, ...)
   * @throws IllegalArgumentException if the inputs do not fit the model
   * @throws IllegalStateException if the model has several inputs or outputs
   */
  public Array predict(Dataset data) {
    requireOneOfEach();
    return outputs(data).get(0);
  }

  /**
   * All outputs by name for the inputs of a data set.
   *
   * @return under {@link Model#outputNames}, in that order, of shape (samples, ...)
   * @throws IllegalArgumentException if the inputs do not fit the model
   */
  public Map<String, Array> predictAll(Dataset data) {
    return NamedOutputs.of(model, outputs(data));
  }

  private List<Array> outputs(Dataset data) {
    BoundData bound = DataCheck.inputs(model, data);
    return graph
        .inference()
        .all(
            batches.of(BatchInference.Samples.of(data)),
            model.outputShapes(),
            samples -> graph.run(bound.inputs(samples), data.pixels()));
  }

  /**
   * All outputs for all inputs as the model sees them, batch after batch.
   *
   * @param inputs in the model's order, FLOAT32 or UINT8 of shape (samples, ...), all of as many
   *     samples
   * @return in the model's order, of shape (samples, ...)
   * @throws IllegalArgumentException if the inputs do not fit the model
   * @see <a href="https://keras.io/api/models/model_training_apis/#predict-method">Keras:
   *     predict</a>
   */
  public List<Array> predict(List<Array> inputs) {
    int rows = named.require(inputs);
    return OutOfMemory.guard(
        WHERE,
        OptionalInt.empty(),
        () ->
            graph
                .inference()
                .all(
                    batches.of(BatchInference.Samples.of(rows, inputs)),
                    model.outputShapes(),
                    samples -> graph.run(some(inputs, samples), false)));
  }

  /**
   * All outputs by name for all inputs by name, as the model sees them, batch after batch.
   *
   * @param inputs under {@link #inputNames(Model)}, FLOAT32 or UINT8 of shape (samples, ...), all
   *     of as many samples
   * @return under {@link Model#outputNames}, in that order, of shape (samples, ...)
   * @throws IllegalArgumentException if the inputs do not fit the model, or one is missing or is
   *     none of the model's
   */
  public Map<String, Array> predict(Map<String, Array> inputs) {
    return NamedOutputs.of(model, predict(named.ordered(inputs)));
  }

  private void requireOneOfEach() {
    if (!graph.hasOneOfEach()) {
      throw new IllegalStateException(
          Visible.of(
              "Model \"%s\": expected one input and one output, got %d and %d. Give a list or a map."
                  .formatted(model.name(), graph.inputs(), graph.outputs())));
    }
  }

  private static List<Array> some(List<Array> inputs, int[] samples) {
    return inputs.stream().map(input -> Rows.of(input, samples)).toList();
  }

  /**
   * Lets layers that keep their states from batch to batch begin anew: Keras' {@code reset_state}.
   */
  public void resetStates() {
    graph.resetStates();
  }

  /** Frees the graph; nothing can be predicted afterwards. */
  @Override
  public void close() {
    graph.close();
  }
}
