package kerava.train;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import kerava.Model;
import kerava.Prediction;
import kerava.StoredModel;
import kerava.data.Dataset;
import kerava.data.ImageFolder;
import kerava.data.Images;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Pass;
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

  private final Model model;
  private final List<String> classNames;
  private final Pixels pixels;
  private final Operand<TFloat32> predictions;
  private final NetworkSession session;
  private final Inference inference;

  private Predictor(StoredModel stored, Ends ends, NetworkSession session, Inference inference) {
    this.model = stored.model();
    this.classNames = stored.card().classNames();
    this.pixels = ends.pixels();
    this.predictions = ends.predictions();
    this.session = session;
    this.inference = inference;
  }

  private record Ends(Pixels pixels, Operand<TFloat32> predictions) {}

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
      Pixels pixels =
          Pixels.add(
              network.tf().withSubScope("feeds"),
              model.inputShape(),
              model.preprocessing().scaling());
      Pass pass = network.pass("infer", Mode.INFER);
      // TensorFlow refuses to fetch what is fed, as a model would ask that changes nothing.
      Operand<TFloat32> predictions = network.tf().identity(model.build(pass, pixels.inputs()));
      Arrangement arrangement = Arrangement.prediction(device, network.multiplications());
      NetworkSession session = network.start(arrangement.session());
      if (constant) {
        session.requireFit(weights);
      } else {
        session.write(weights);
      }
      Ends ends = new Ends(pixels, predictions);
      return new Predictor(stored, ends, session, new Inference(arrangement));
    }
  }

  /**
   * The classes of some image files.
   *
   * @param files PNG, JPEG, BMP or GIF, resized and scaled as the model expects
   * @return a prediction a file, in their order
   * @throws kerava.data.DatasetException if one is not an image that can be read
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
        .map(image -> Array.stacked(List.of(Images.pixels(image, how))))
        .flatMap(image -> predictions(run(image, true)).stream())
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

  private List<Prediction> predictions(Array scores) {
    int classes = Math.toIntExact(scores.shape().get(1));
    return IntStream.range(0, Math.toIntExact(scores.shape().get(0)))
        .mapToObj(i -> Arrays.copyOfRange(scores.floats(), i * classes, (i + 1) * classes))
        .map(row -> Prediction.of(row, classNames))
        .toList();
  }

  /**
   * The outputs for some inputs.
   *
   * @param inputs FLOAT32, which the model gets as they are, or UINT8, which are pixels and scaled
   *     as it expects; of shape (batch, ...)
   * @return shape (batch, ...)
   * @throws IllegalArgumentException if the inputs do not fit the model
   */
  public Array predict(Array inputs) {
    DataCheck.batch(model, inputs);
    int batch = Math.toIntExact(inputs.shape().get(0));
    return OutOfMemory.guard("Predictor predict", OptionalInt.of(batch), () -> run(inputs, false));
  }

  /**
   * The outputs for the inputs of a data set.
   *
   * @return shape (samples, ...)
   * @throws IllegalArgumentException if the inputs do not fit the model
   */
  public Array predict(Dataset data) {
    DataCheck.inputs(model, data.inputShape());
    DataCheck.images(model, data);
    return inference.all(
        data, model.outputShape(), samples -> run(data.inputs(samples), data.pixels()));
  }

  private Array run(Array inputs, boolean floatsArePixels) {
    Session.Runner runner = inference.runner(session);
    try (Feeder feeder = new Feeder(runner)) {
      feeder.inputs(pixels, inputs, floatsArePixels);
      try (Result result = runner.fetch(predictions).run()) {
        return Tensors.array(result.get(0));
      }
    }
  }

  /** Frees the graph; nothing can be asked of the predictor afterwards. */
  @Override
  public void close() {
    session.close();
  }
}
