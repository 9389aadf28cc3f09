package kerava.train;

import kerava.Model;
import kerava.graph.Devices;

/** Into how many parts that run side by side a batch is best split. */
final class Replicas {
  private Replicas() {}

  static int choose(TrainerOptions options, Model model) {
    if (options.replicas() > 0) {
      return options.replicas();
    }
    // Statistics of a batch, which layers with a state gather, would become those of its parts.
    boolean gathers = model.weights().stream().anyMatch(weight -> !weight.trainable());
    boolean gpu =
        switch (options.device().kind()) {
          case GPU -> true;
          case CPU -> false;
          case AUTO -> Devices.gpuCount() > 0;
        };
    return gathers || gpu ? 1 : 2;
  }
}
