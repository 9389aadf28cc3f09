package kerava.saving;

import java.util.List;
import kerava.Model;
import kerava.examples.CifarCnn;
import kerava.graph.Array;
import kerava.graph.Device;
import kerava.graph.Mode;
import kerava.graph.Network;
import kerava.graph.NetworkSession;
import kerava.graph.SessionOptions;
import kerava.graph.Tensors;
import kerava.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The network of the examples, with weights that it starts from, and its own predictions. */
public final class SeedModel {
  /** The names of its classes. */
  public static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private SeedModel() {}

  /** The network. */
  public static Model model() {
    return CifarCnn.model();
  }

  /** The first weights that a model gets from a seed. */
  public static Weights weights(Model model, long seed) {
    try (Network network = Network.create(seed)) {
      model.build(network.pass("infer", Mode.INFER), placeholder(network, model));
      try (NetworkSession session = network.start(SessionOptions.on(Device.cpu()))) {
        session.initialize();
        return session.read(model.weights().stream().map(weight -> weight.name()).toList());
      }
    }
  }

  /** What the model gives in memory. */
  public static Array predict(Model model, Weights weights, Array input) {
    try (Network network = Network.create(0)) {
      Operand<TFloat32> x = placeholder(network, model);
      Operand<TFloat32> y = model.build(network.pass("infer", Mode.INFER), x);
      try (NetworkSession session = network.start(SessionOptions.on(Device.cpu()))) {
        session.write(weights);
        try (Tensor in = Tensors.of(input);
            Result out = session.session().runner().feed(x, in).fetch(y).run()) {
          return Tensors.array(out.get(0));
        }
      }
    }
  }

  private static Operand<TFloat32> placeholder(Network network, Model model) {
    return network.tf().placeholder(TFloat32.class, Placeholder.shape(model.inputShape()));
  }
}
