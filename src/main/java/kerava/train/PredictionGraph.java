package kerava.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kerava.KeepsState;
import kerava.Model;
import kerava.StoredModel;
import kerava.graph.Array;
import kerava.graph.Cast;
import kerava.graph.Device;
import kerava.graph.Mode;
import kerava.graph.MultiplicationCount;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Pass;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import kerava.train.graph.BatchInference;
import kerava.train.graph.BatchTensors;
import kerava.train.graph.DistributionStrategy;
import kerava.train.graph.ModelInput;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.types.family.TType;

/** The graph of a {@link Predictor}: a model's inference, and the session that runs it. */
final class PredictionGraph implements AutoCloseable {
  private final Ends ends;
  private final NetworkSession session;
  private final BatchInference inference;

  private PredictionGraph(Ends ends, NetworkSession session, BatchInference inference) {
    this.ends = ends;
    this.session = session;
    this.inference = inference;
  }

  /** Where inputs enter and outputs leave, in the model's order. */
  private record Ends(
      List<ModelInput> inputs, List<Operand<? extends TType>> outputs, List<Op> carried) {
    static Ends add(Network network, Model model) {
      List<ModelInput> inputs = new ArrayList<>();
      for (TensorSpec spec : model.inputSpecs()) {
        inputs.add(
            ModelInput.add(
                network.tf().withSubScope("feeds"), spec, model.preprocessing().scaling()));
      }
      Pass pass = network.pass("infer", Mode.INFER);
      // TensorFlow refuses to fetch what is fed, as would happen with a model that changes nothing,
      // and to
      // fetch one tensor twice.
      List<Operand<? extends TType>> outputs = new ArrayList<>();
      for (TensorValue output : model.call(pass, inputs.stream().map(ModelInput::given).toList())) {
        outputs.add(network.tf().identity(Cast.widened(network.tf(), output.operand())));
      }
      return new Ends(inputs, outputs, pass.carried());
    }
  }

  /**
   * Builds the inference of a model.
   *
   * @param constants how many numbers the weights may be to become constants of the graph
   */
  static PredictionGraph build(StoredModel stored, Device device, long constants) {
    Weights weights = stored.weights();
    long numbers = weights.arrays().stream().mapToLong(Array::size).sum();
    boolean constant = numbers <= constants && !KeepsState.in(stored.model());
    try (Network network = constant ? Network.constant(weights) : Network.create(0)) {
      Ends ends = Ends.add(network, stored.model());
      DistributionStrategy strategy =
          DistributionStrategy.prediction(device, MultiplicationCount.of(network.graph()));
      NetworkSession session = network.start(strategy.session());
      if (!constant) {
        session.write(weights);
        session.resetStates();
      }
      return new PredictionGraph(ends, session, new BatchInference(strategy));
    }
  }

  boolean hasOneOfEach() {
    return inputs() == 1 && outputs() == 1;
  }

  int inputs() {
    return ends.inputs().size();
  }

  int outputs() {
    return ends.outputs().size();
  }

  /** Sets the states of layers that keep them to zeros. */
  void resetStates() {
    session.resetStates();
  }

  /** How batches are computed. */
  BatchInference inference() {
    return inference;
  }

  /**
   * All outputs for a batch, in the model's order.
   *
   * @param floatsArePixels whether floats are pixels from 0 to 255; bytes always are
   */
  List<Array> run(List<Array> inputs, boolean floatsArePixels) {
    Session.Runner runner = inference.runner(session);
    try (BatchTensors tensors = new BatchTensors(runner)) {
      for (int i = 0; i < inputs.size(); i++) {
        ends.inputs().get(i).feed(tensors, inputs.get(i), floatsArePixels);
      }
      ends.carried().forEach(runner::addTarget);
      ends.outputs().forEach(runner::fetch);
      try (Result result = runner.run()) {
        return IntStream.range(0, ends.outputs().size())
            .mapToObj(i -> Tensors.array(result.get(i)))
            .toList();
      }
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
