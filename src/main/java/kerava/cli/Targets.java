package kerava.cli;

import kerava.Labels;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.train.Trainer;
import org.tensorflow.ndarray.Shape;

/** Labels in the form that a loss takes: class numbers, or distributions over the classes. */
final class Targets {
  private Targets() {}

  /** Data with one-hot targets instead of class numbers, where the trainer's loss wants those. */
  static Dataset fitting(Trainer trainer, Dataset data) {
    Shape output = trainer.model().outputShape();
    boolean wanted =
        trainer.settings().loss().labels() == Labels.Kind.TARGETS
            && output.numDimensions() == 2
            && output.get(1) > 1;
    return wanted && data.labels().type() == Array.Type.INT32
        ? data.oneHot(Math.toIntExact(output.get(1)))
        : data;
  }
}
