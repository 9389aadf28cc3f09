package kerava.interop;

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
import org.tensorflow.Tensor;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Runs models without training them. */
public final class Predictions {
  private Predictions() {}

  /** What a model with one input and one output gives for a batch. */
  public static Array of(Model model, Weights weights, Array batch) {
    try (Network network = Network.create(0)) {
      Pass pass = network.pass("infer", Mode.INFER);
      Operand<TFloat32> input =
          network.tf().placeholder(TFloat32.class, Placeholder.shape(model.inputShape()));
      Operand<TFloat32> output = model.build(pass, input);
      try (NetworkSession session = network.start(SessionOptions.on(Device.cpu()))) {
        session.initialize();
        session.write(weights);
        try (Tensor in = Tensors.of(batch);
            Result result = session.session().runner().feed(input, in).fetch(output).run()) {
          return Tensors.array(result.get(0));
        }
      }
    }
  }
}
