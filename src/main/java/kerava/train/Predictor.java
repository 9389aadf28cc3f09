package kerava.train;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import kerava.ClassScores;
import kerava.Model;
import kerava.Prediction;
import kerava.StoredModel;
import kerava.config.Visible;
import kerava.data.Dataset;
import kerava.data.ImageFolder;
import kerava.data.Images;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Pass;
import kerava.graph.Rows;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import kerava.images.Preprocessing;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

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
  private final StoredModel stored;
  private final NamedInputs named;
  private final Ends ends;
  private final NetworkSession session;
  private final Inference inference;

  private Predictor(StoredModel stored, Ends ends, NetworkSession session, Inference inference) {
    this.model = stored.model();
    this.stored = stored;
    this.named = NamedInputs.of(model);
    this.ends = ends;
    this.session = session;
    this.inference = inference;
  }

  /** Where inputs enter and outputs leave, in the model's order. */
  private record Ends(List<Pixels> entrances, List<Operand<TFloat32>> outputs) {
    static Ends add(Network network, Model model) {
      List<Pixels> entrances = new ArrayList<>();
      for (Shape shape : model.inputShapes()) {
        entrances.add(
            Pixels.add(network.tf().withSubScope("feeds"), shape, model.preprocessing().scaling()));
      }
      Pass pass = network.pass("infer", Mode.INFER);
      List<Operand<TFloat32>> inputs = new ArrayList<>();
      entrances.forEach(entrance -> inputs.add(entrance.inputs()));
      // TensorFlow refuses to fetch what is fed, as a model would ask that changes nothing, and to
      // fetch one tensor twice.
      List<Operand<TFloat32>> outputs = new ArrayList<>();
      model.build(pass, inputs).forEach(output -> outputs.add(network.tf().identity(output)));
      return new Ends(entrances, outputs);
    }
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
    Model model = stored.model();
    Weights weights = stored.weights();
    long numbers = weights.arrays().stream().mapToLong(Array::size).sum();
    boolean constant = numbers <= constants;
    try (Network network = constant ? Network.constant(weights) : Network.create(0)) {
      Ends ends = Ends.add(network, model);
      Arrangement arrangement = Arrangement.prediction(device, network.multiplications());
      NetworkSession session = network.start(arrangement.session());
      if (constant) {
        session.requireFit(weights);
      } else {
        session.write(weights);
      }
      return new Predictor(stored, ends, session, new Inference(arrangement));
    }
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
    return predictions(predict(ImageFolder.ofFiles(List.of(files), preprocessing())));
  }

  /**
   * The classes of some images; the same as of the same images in PNG files.
   *
   * @return a prediction an image, in their order
   * @throws IllegalArgumentException if the model takes no images or gives no scores of classes
   */
  public List<Prediction> classify(BufferedImage... images) {
    Preprocessing how = preprocessing();
    return Arrays.stream(images)
        .map(image -> Images.pixels(image, how))
        .map(image -> Array.of(image.floats(), image.shape().prepend(1).asArray()))
        .flatMap(batch -> predictions(run(List.of(batch), true).get(0)).stream())
        .toList();
  }

  private Preprocessing preprocessing() {
    Shape output = model.outputShape();
    if (!model.takesImages() || output.numDimensions() != 2) {
      throw new IllegalArgumentException(
          "Predictor classify: expected a model from images to scores of classes, got one from "
              + model.inputShape()
              + " to "
              + output
              + ".");
    }
    if (model.preprocessing().size().isEmpty()) {
      throw new IllegalArgumentException(
          "Predictor classify: expected a model with a size of images, got one of any size."
              + " model.withPreprocessing(Preprocessing.of(height, width)) says one.");
    }
    return model.preprocessing();
  }

  private List<Prediction> predictions(Array outputs) {
    ClassScores meaning = ClassScores.of(model);
    int width = Math.toIntExact(outputs.shape().get(1));
    boolean tells = stored.tellsClasses(width);
    return IntStream.range(0, Rows.count(outputs))
        .mapToObj(i -> Arrays.copyOfRange(outputs.floats(), i * width, (i + 1) * width))
        .map(row -> meaning.prediction(row, stored.card().classNames(), tells))
        .toList();
  }

  /**
   * The outputs for some inputs.
   *
   * @param inputs FLOAT32, which the model gets as they are, or UINT8, which are pixels and scaled
   *     as it expects; of shape (batch, ...)
   * @return shape (batch, ...)
   * @throws IllegalArgumentException if the inputs do not fit the model
   * @throws IllegalStateException if the model has several inputs or outputs
   */
  public Array predict(Array inputs) {
    requireOneOfEach();
    DataCheck.batch(model, inputs);
    named.requireWhole(List.of(inputs));
    int batch = Rows.count(inputs);
    return OutOfMemory.guard(
        WHERE, OptionalInt.of(batch), () -> run(List.of(inputs), false).get(0));
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
   * All outputs by name for the inputs of a data set; of a model with one input.
   *
   * @return under {@link Model#outputNames}, in that order, of shape (samples, ...)
   * @throws IllegalArgumentException if the inputs do not fit the model
   * @throws IllegalStateException if the model has several inputs
   */
  public Map<String, Array> predictAll(Dataset data) {
    return named(outputs(data));
  }

  private List<Array> outputs(Dataset data) {
    DataCheck.inputs(model, data.inputShape());
    DataCheck.images(model, data);
    return inference.all(
        Inference.Samples.of(data),
        model.outputShapes(),
        samples -> run(List.of(data.inputs(samples)), data.pixels()));
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
            inference.all(
                Inference.Samples.of(rows, inputs),
                model.outputShapes(),
                samples -> run(some(inputs, samples), false)));
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
    return named(predict(named.ordered(inputs)));
  }

  private Map<String, Array> named(List<Array> outputs) {
    Map<String, Array> byName = new LinkedHashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      byName.put(model.outputNames().get(i), outputs.get(i));
    }
    return Collections.unmodifiableMap(byName);
  }

  private void requireOneOfEach() {
    if (ends.entrances().size() != 1 || ends.outputs().size() != 1) {
      throw new IllegalStateException(
          Visible.of(
              "Model \"%s\": expected one input and one output, got %d and %d. Give a list or a map."
                  .formatted(model.name(), ends.entrances().size(), ends.outputs().size())));
    }
  }

  private static List<Array> some(List<Array> inputs, int[] samples) {
    return inputs.stream().map(input -> Rows.of(input, samples)).toList();
  }

  private List<Array> run(List<Array> inputs, boolean floatsArePixels) {
    Session.Runner runner = inference.runner(session);
    try (Feeder feeder = new Feeder(runner)) {
      for (int i = 0; i < inputs.size(); i++) {
        feeder.inputs(ends.entrances().get(i), inputs.get(i), floatsArePixels);
      }
      ends.outputs().forEach(runner::fetch);
      try (Result result = runner.run()) {
        return IntStream.range(0, ends.outputs().size())
            .mapToObj(i -> Tensors.array(result.get(i)))
            .toList();
      }
    }
  }

  /** Frees the graph; nothing can be asked of the predictor afterwards. */
  @Override
  public void close() {
    session.close();
  }
}
