package kerava.train.graph;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import kerava.CompileSettings;
import kerava.Labels;
import kerava.Loss;
import kerava.Metric;
import kerava.Model;
import kerava.OutputSettings;
import kerava.config.Visible;
import kerava.graph.Array;
import kerava.graph.TensorSpec;
import org.tensorflow.ndarray.Shape;

/**
 * An output of a model that is trained or measured, and so needs labels.
 *
 * @param index which output of the model
 * @param name under which it is trained, one of {@link Model#targetNames}
 * @param settings its loss and its metrics
 * @param labels what its labels are
 * @param shape of the output, batch dimension first
 */
public record TrainedOutput(
    int index, String name, OutputSettings settings, Labels.Kind labels, Shape shape) {
  /**
   * The outputs of a model that settings need labels for, in the model's order.
   *
   * @throws IllegalArgumentException if the settings do not go with the model
   */
  public static List<TrainedOutput> of(CompileSettings settings, Model model) {
    List<TrainedOutput> outputs = new ArrayList<>();
    int index = 0;
    for (Map.Entry<String, OutputSettings> one : settings.of(model).entrySet()) {
      if (one.getValue().needsLabels()) {
        outputs.add(of(index, one.getKey(), one.getValue(), model.outputSpecs().get(index)));
      }
      index++;
    }
    return List.copyOf(outputs);
  }

  private static TrainedOutput of(
      int index, String name, OutputSettings settings, TensorSpec output) {
    if (!output.type().floating()) {
      throw new IllegalArgumentException(
          Visible.of(
              "Compile settings \"%s\": expected an output of floating point numbers, got %s."
                  .formatted(name, output)));
    }
    Labels.Kind labels =
        settings.loss().map(Loss::labels).orElseGet(() -> measured(name, settings));
    return new TrainedOutput(index, name, settings, labels, output.shape());
  }

  /** What the labels are of an output that is measured and not trained. */
  private static Labels.Kind measured(String name, OutputSettings settings) {
    Set<Labels.Kind> common = EnumSet.allOf(Labels.Kind.class);
    for (Metric metric : settings.allMetrics()) {
      common.retainAll(metric.labels());
    }
    if (common.size() != 1) {
      throw new IllegalArgumentException(
          Visible.of(
              "Compile settings \"%s\": expected metrics that say whether labels are class numbers or targets, since there is no loss, got %s."
                  .formatted(name, settings.allMetrics().stream().map(Metric::name).toList())));
    }
    return common.iterator().next();
  }

  /**
   * Labels as the loss takes them: class numbers without a last axis of 1 that they have where the
   * output has the classes, and one target a sample with the axis of 1 that the output has.
   */
  Array fitted(Array given) {
    Shape shape = given.shape();
    int rank = shape.numDimensions();
    if (given.type() == Array.Type.FLOAT32 && rank == 1 && isSingle(labelShape())) {
      return Array.of(given.floats(), shape.get(0), 1);
    }
    boolean surplus =
        given.type() == Array.Type.INT32
            && rank == labelShape().numDimensions() + 1
            && rank == this.shape.numDimensions()
            && shape.get(rank - 1) == 1;
    return surplus ? Array.of(given.ints(), shape.subShape(0, rank - 1).asArray()) : given;
  }

  private static boolean isSingle(Shape labels) {
    return labels.numDimensions() == 2 && labels.get(1) == 1;
  }

  /** The shape of its labels, batch dimension first. */
  public Shape labelShape() {
    if (settings.loss().isPresent()) {
      return settings.loss().get().labelShape(shape);
    }
    boolean classes = labels == Labels.Kind.CLASSES;
    return classes
        ? Shape.of(LongStream.of(shape.asArray()).limit(shape.numDimensions() - 1L).toArray())
        : shape;
  }
}
