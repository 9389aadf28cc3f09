package kerava.train;

import kerava.Model;
import kerava.graph.Device;

/** Into how many parts that run side by side a batch is best split. */
final class Replicas {
  private Replicas() {}

  static int choose(TrainerOptions options, Model model) {
    if (options.replicas() > 0) {
      return options.replicas();
    }
    // Statistics of a batch, which layers with a state gather, would become those of its parts.
    boolean gathers = model.weights().stream().anyMatch(weight -> !weight.trainable());
    boolean gpu = options.device().kind() == Device.Kind.GPU;
    return gathers || gpu ? 1 : 2;
  }

  static int threads(TrainerOptions options) {
    return Integer.getInteger("kerava.intra", 0);
  }
}
