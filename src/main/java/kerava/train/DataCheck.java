package kerava.train;

import java.util.Set;
import kerava.Loss;
import kerava.Model;
import kerava.config.Visible;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.images.Preprocessing;
import org.tensorflow.ndarray.Shape;

/** Refuses data that do not fit a model, before a step is run. */
final class DataCheck {
  private DataCheck() {}

  static void inputs(Model model, Shape sample) {
    Shape wanted = model.inputShape();
    if (!wanted.subShape(1, wanted.numDimensions()).isCompatibleWith(sample)) {
      throw new IllegalArgumentException(
          Visible.of(
              "Model \""
                  + model.name()
                  + "\": expected samples of shape "
                  + wanted.subShape(1, wanted.numDimensions())
                  + ", got "
                  + sample
                  + "."));
    }
  }

  static void batch(Model model, Array inputs) {
    boolean numbers = inputs.type() == Array.Type.UINT8 || inputs.type() == Array.Type.FLOAT32;
    if (!numbers || inputs.shape().numDimensions() == 0) {
      throw new IllegalArgumentException(
          Visible.of(
              "Model \""
                  + model.name()
                  + "\": expected inputs of type UINT8 or FLOAT32 and shape (batch, ...), got "
                  + inputs
                  + "."));
    }
    inputs(model, inputs.shape().subShape(1, inputs.shape().numDimensions()));
  }

  /** Refuses images that were read from files in another way than the model says. */
  static void images(Model model, Dataset data) {
    if (data.preprocessing().isEmpty() || !model.saysPreprocessing()) {
      return;
    }
    Preprocessing own = model.preprocessing();
    Preprocessing got = data.preprocessing().get();
    Preprocessing sized = own.size().isPresent() ? own : got.size().map(own::size).orElse(own);
    if (!sized.readsLike(got)) {
      throw new IllegalArgumentException(
          "Dataset: expected images read as the model says (%s), got %s. ImageFolder.of(folder, model.preprocessing()) reads them so."
              .formatted(own.reading(), got.reading()));
    }
  }

  static void labelled(Model model, Loss loss, Dataset data) {
    if (data.size() == 0) {
      throw new IllegalArgumentException("Dataset: expected at least one sample, got none.");
    }
    inputs(model, data.inputShape());
    images(model, data);
    Array labels = data.labels();
    switch (loss.labels()) {
      case CLASSES -> classes(model, loss, labels);
      case TARGETS -> targets(model, loss, labels);
    }
  }

  private static void classes(Model model, Loss loss, Array labels) {
    Shape output = model.outputShape();
    if (labels.type() != Array.Type.INT32) {
      throw new IllegalArgumentException(
          "Dataset labels: expected class numbers (INT32), got "
              + labels
              + ". Does the loss go with them?");
    }
    Shape wanted = loss.labelShape(output);
    if (!labels.shape().isCompatibleWith(wanted)) {
      throw new IllegalArgumentException(
          "Dataset labels: expected class numbers of shape " + wanted + ", got " + labels + ".");
    }
    long classes = output.get(output.numDimensions() - 1);
    for (int label : labels.ints()) {
      if (!loss.takes(label, output)) {
        throw new IllegalArgumentException(
            "Dataset labels: expected class numbers from 0 to "
                + (classes - 1)
                + ", the outputs of the model, got "
                + label
                + ".");
      }
    }
  }

  static void classWeights(Model model, Set<Integer> classes) {
    Shape output = model.outputShape();
    if (!classes.isEmpty() && output.numDimensions() != 2) {
      throw new IllegalArgumentException(
          "Fit class weights: expected a model of one class a sample, got one that gives "
              + output
              + ".");
    }
    // One output says how likely class 1 is, beside class 0.
    long count = Math.max(2, output.get(output.numDimensions() - 1));
    for (int number : classes) {
      if (number < 0 || number >= count) {
        throw new IllegalArgumentException(
            "Fit class weights: expected class numbers from 0 to "
                + (count - 1)
                + ", the outputs of the model, got "
                + number
                + ".");
      }
    }
  }

  private static void targets(Model model, Loss loss, Array labels) {
    Shape wanted = loss.labelShape(model.outputShape());
    if (labels.type() != Array.Type.FLOAT32 || !labels.shape().isCompatibleWith(wanted)) {
      throw new IllegalArgumentException(
          "Dataset labels: expected targets (FLOAT32) of shape "
              + wanted
              + ", got "
              + labels
              + ". Does the loss go with them?");
    }
  }
}
