package kerava.cli.training;

import kerava.Labels;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.train.Trainer;
import org.tensorflow.ndarray.Shape;

/** Labels in the form that a loss takes: class numbers, or distributions over the classes. */
public final class TargetEncoding {
  private TargetEncoding() {}

  /**
   * Data with targets instead of class numbers, where the trainer's loss wants those: one-hot, or,
   * where the model has one output, whether the class is 1.
   */
  public static Dataset fitting(Trainer trainer, Dataset data) {
    Shape output = trainer.model().outputShape();
    boolean wanted =
        trainer.settings().loss().labels() == Labels.Kind.TARGETS
            && output.numDimensions() == 2
            && data.labels().type() == Array.Type.INT32;
    if (!wanted) {
      return data;
    }
    return output.get(1) == 1 ? data.binary() : data.oneHot(Math.toIntExact(output.get(1)));
  }
}
