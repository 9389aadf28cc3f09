package kerava.train;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import kerava.Input;
import kerava.Loss;
import kerava.Model;
import kerava.config.Nearest;
import kerava.config.Visible;
import kerava.data.Column;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.images.Preprocessing;
import kerava.train.graph.BoundData;
import kerava.train.graph.SampleWeights;
import kerava.train.graph.TrainedOutput;
import org.tensorflow.ndarray.Shape;

/** Refuses data that do not fit a model, before a step is run. */
final class DataCheck {
  private DataCheck() {}

  /** Data to predict for, which fit the model; a stream is read into memory. */
  static BoundData inputs(Model model, Dataset data) {
    BoundData bound = DataBinding.inputs(model, inAnyOrder(data));
    columns(model, bound);
    return whole(model, bound, List.of());
  }

  private static Dataset inAnyOrder(Dataset data) {
    return data.sequential() ? data.cached() : data;
  }

  /** Whole numbers are looked for before anything is run, or in each batch that is read. */
  private static BoundData whole(Model model, BoundData data, List<TrainedOutput> outputs) {
    boolean later = data.data().sequential();
    // Of pixels that were resized the fractions are cut off, as Keras does.
    boolean wanted = !data.data().pixels() && hasWhole(model);
    if (!later && data.data().inMemory() && wanted) {
      int[] all = IntStream.range(0, data.data().size()).toArray();
      NamedInputs.of(model).requireWhole(data.inputs(all));
    }
    return later || (!data.data().inMemory() && wanted)
        ? data.checked(new StreamCheck(model, wanted, later ? outputs : List.of()))
        : data;
  }

  private static boolean hasWhole(Model model) {
    return Input.types(model).stream().anyMatch(type -> type.whole());
  }

  /** Refuses inputs of other shapes or types, and images that were read in another way. */
  static void columns(Model model, Dataset data) {
    columns(model, DataBinding.inputs(model, data));
  }

  private static void columns(Model model, BoundData data) {
    images(model, data.data());
    List<Column> columns = data.inputColumns();
    if (columns.size() == 1) {
      sample(model, columns.get(0).shape());
    }
    NamedInputs named = NamedInputs.of(model);
    for (int i = 0; i < columns.size(); i++) {
      named.require(i, columns.get(i));
    }
  }

  private static void sample(Model model, Shape sample) {
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
    sample(model, inputs.shape().subShape(1, inputs.shape().numDimensions()));
  }

  /** Refuses images that were read from files in another way than the model says. */
  private static void images(Model model, Dataset data) {
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

  /** Data to evaluate on, which fit the model and its losses; a stream is read into memory. */
  static BoundData evaluated(Model model, List<TrainedOutput> outputs, Dataset data) {
    return labelled(model, outputs, inAnyOrder(data));
  }

  /** Data to train or to evaluate on, which fit the model and its losses. */
  static BoundData labelled(Model model, List<TrainedOutput> outputs, Dataset data) {
    if (data.size() == 0) {
      throw new IllegalArgumentException("Dataset: expected at least one sample, got none.");
    }
    BoundData bound = DataBinding.of(model, outputs, data);
    columns(model, bound);
    if (!data.sequential()) {
      List<Array> labels = bound.labels(IntStream.range(0, data.size()).toArray());
      for (int i = 0; i < outputs.size(); i++) {
        labels(model, outputs.get(i), labels.get(i));
      }
    }
    return whole(model, bound, outputs);
  }

  static void labels(Model model, TrainedOutput output, Array labels) {
    boolean several = model.targetNames().size() > 1;
    String where = several ? "Dataset labels \"" + output.name() + "\"" : "Dataset labels";
    switch (output.labels()) {
      case CLASSES -> classes(where, output, labels);
      case TARGETS -> targets(where, output, labels);
    }
  }

  private static void classes(String where, TrainedOutput trained, Array labels) {
    Shape output = trained.shape();
    if (labels.type() != Array.Type.INT32) {
      throw new IllegalArgumentException(
          Visible.of(
              where
                  + ": expected class numbers (INT32), got "
                  + labels
                  + ". Does the loss go with them?"));
    }
    Shape wanted = samples(trained.labelShape());
    if (!labels.shape().isCompatibleWith(wanted)) {
      throw new IllegalArgumentException(
          Visible.of(
              where + ": expected class numbers of shape " + wanted + ", got " + labels + "."));
    }
    if (trained.settings().loss().isPresent()) {
      numbers(where, trained.settings().loss().get(), output, labels);
    }
  }

  private static void numbers(String where, Loss loss, Shape output, Array labels) {
    long classes = output.get(output.numDimensions() - 1);
    for (int label : labels.ints()) {
      if (!loss.takes(label, output)) {
        throw new IllegalArgumentException(
            Visible.of(
                where
                    + ": expected class numbers from 0 to "
                    + (classes - 1)
                    + ", the outputs of the model, got "
                    + label
                    + "."));
      }
    }
  }

  static void classWeights(Model model, Set<Integer> classes) {
    if (classes.isEmpty()) {
      return;
    }
    if (model.outputShapes().size() != 1) {
      throw new IllegalArgumentException(
          "Fit class weights: expected a model of one output, got %d. Sample weights may be given by output."
              .formatted(model.outputShapes().size()));
    }
    Shape output = model.outputShape();
    if (output.numDimensions() != 2) {
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

  /** Of any number of samples, also where batches are of one size. */
  private static Shape samples(Shape labels) {
    return labels.tail().prepend(Shape.UNKNOWN_SIZE);
  }

  static void sampleWeights(List<TrainedOutput> outputs, Set<String> names) {
    List<String> known = outputs.stream().map(TrainedOutput::name).toList();
    for (String name : names) {
      if (!name.equals(SampleWeights.EVERY) && !known.contains(name)) {
        throw new IllegalArgumentException(
            Visible.of(
                "Fit sample weights: expected "
                    + Nearest.oneOf(name, known)
                    + ", the outputs that are trained or measured, got \""
                    + name
                    + "\"."));
      }
    }
  }

  private static void targets(String where, TrainedOutput output, Array labels) {
    Shape wanted = samples(output.labelShape());
    if (labels.type() != Array.Type.FLOAT32 || !labels.shape().isCompatibleWith(wanted)) {
      throw new IllegalArgumentException(
          Visible.of(
              where
                  + ": expected targets (FLOAT32) of shape "
                  + wanted
                  + ", got "
                  + labels
                  + ". Does the loss go with them?"));
    }
  }
}
