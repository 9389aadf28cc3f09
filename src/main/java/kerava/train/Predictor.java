package kerava.train;

import java.util.OptionalInt;
import kerava.Model;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Pass;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
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
  private final Pixels pixels;
  private final Operand<TFloat32> predictions;
  private final NetworkSession session;
  private final Inference inference;

  private Predictor(Model model, Ends ends, NetworkSession session, Inference inference) {
    this.model = model;
    this.pixels = ends.pixels();
    this.predictions = ends.predictions();
    this.session = session;
    this.inference = inference;
  }

  private record Ends(Pixels pixels, Operand<TFloat32> predictions) {}

  /**
   * Builds the inference of a model.
   *
   * @param weights all weights of the model
   * @throws IllegalArgumentException if a weight is missing or has another shape
   */
  public static Predictor of(Model model, Weights weights, Device device) {
    return of(model, weights, device, CONSTANTS);
  }

  /** The same with as many numbers as constants as is said. */
  static Predictor of(Model model, Weights weights, Device device, long constants) {
    long numbers = weights.arrays().stream().mapToLong(Array::size).sum();
    boolean constant = numbers <= constants;
    try (Network network = constant ? Network.constant(weights) : Network.create(0)) {
      Pixels pixels = Pixels.add(network.tf().withSubScope("feeds"), model.inputShape());
      Pass pass = network.pass("infer", Mode.INFER);
      // TensorFlow refuses to fetch what is fed, as a model would ask that changes nothing.
      Operand<TFloat32> predictions = network.tf().identity(model.build(pass, pixels.inputs()));
      model.weights().forEach(spec -> weights.get(spec.name()));
      Arrangement arrangement = Arrangement.prediction(device, network.multiplications());
      NetworkSession session = network.start(arrangement.session());
      if (constant) {
        session.requireFit(weights);
      } else {
        session.write(weights);
      }
      Ends ends = new Ends(pixels, predictions);
      return new Predictor(model, ends, session, new Inference(arrangement));
    }
  }

  /**
   * The outputs for inputs as the model sees them.
   *
   * @param inputs FLOAT32 or UINT8 of shape (batch, ...)
   * @return shape (batch, ...)
   * @throws IllegalArgumentException if the inputs do not fit the model
   */
  public Array predict(Array inputs) {
    DataCheck.batch(model, inputs);
    int batch = Math.toIntExact(inputs.shape().get(0));
    return OutOfMemory.guard("Predictor predict", OptionalInt.of(batch), () -> run(inputs, 1));
  }

  /**
   * The outputs for the inputs of a data set.
   *
   * @return shape (samples, ...)
   * @throws IllegalArgumentException if the inputs do not fit the model
   */
  public Array predict(Dataset data) {
    DataCheck.inputs(model, data.inputShape());
    return inference.all(
        data, model.outputShape(), samples -> run(data.inputs(samples), data.divisor()));
  }

  private Array run(Array inputs, float divisor) {
    Session.Runner runner = inference.runner(session);
    try (Feeder feeder = new Feeder(runner)) {
      feeder.inputs(pixels, inputs, divisor);
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
