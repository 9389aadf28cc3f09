package kerava.interop;

import java.util.ArrayList;
import java.util.List;
import kerava.Model;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.Pass;
import kerava.graph.SessionOptions;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Runs models without training them. */
public final class Predictions {
  private Predictions() {}

  /** What a model with one input and one output gives for a batch. */
  public static Array of(Model model, Weights weights, Array batch) {
    return of(model, weights, List.of(batch)).get(0);
  }

  /** What a model gives for a batch an input: one an output. */
  public static List<Array> of(Model model, Weights weights, List<Array> batches) {
    try (Network network = Network.create(0)) {
      Pass pass = network.pass("infer", Mode.INFER);
      List<Operand<TFloat32>> inputs = new ArrayList<>();
      for (Shape shape : model.inputShapes()) {
        inputs.add(network.tf().placeholder(TFloat32.class, Placeholder.shape(shape)));
      }
      // An input that is an output, too, can be fed or fetched, but not both.
      List<Operand<TFloat32>> outputs =
          model.build(pass, inputs).stream()
              .<Operand<TFloat32>>map(output -> network.tf().identity(output))
              .toList();
      try (NetworkSession session = network.start(SessionOptions.on(Device.cpu()))) {
        session.initialize();
        session.write(weights);
        return run(session, inputs, batches, outputs);
      }
    }
  }

  private static List<Array> run(
      NetworkSession session,
      List<Operand<TFloat32>> inputs,
      List<Array> batches,
      List<Operand<TFloat32>> outputs) {
    List<Tensor> fed = batches.stream().map(Tensors::of).toList();
    List<Array> arrays = new ArrayList<>();
    // TensorFlow Java fetches no tensor twice in one run, as models that give one twice would ask.
    for (Operand<TFloat32> output : outputs) {
      Session.Runner runner = session.session().runner();
      for (int i = 0; i < inputs.size(); i++) {
        runner.feed(inputs.get(i), fed.get(i));
      }
      try (Result result = runner.fetch(output).run()) {
        arrays.add(Tensors.array(result.get(0)));
      }
    }
    fed.forEach(Tensor::close);
    return arrays;
  }
}
