package kerava.data;

import java.util.Arrays;
import java.util.List;
import kerava.graph.Array;
import kerava.graph.Rows;
import org.tensorflow.ndarray.Shape;

/** Samples held in memory, one row of the arrays each. */
final class ArrayDataset implements Dataset {
  private final Array inputs;
  private final Array labels;
  private final List<String> classNames;

  ArrayDataset(Array inputs, Array labels, List<String> classNames) {
    checkInputs(inputs);
    checkLabels(labels);
    if (inputs.shape().get(0) != labels.shape().get(0)) {
      throw new IllegalArgumentException(
          ("Dataset: expected as many labels as inputs, got inputs of shape %s and labels of"
                  + " shape %s. Do both belong to the same samples?")
              .formatted(inputs.shape(), labels.shape()));
    }
    this.inputs = inputs;
    this.labels = labels;
    this.classNames = List.copyOf(classNames);
  }

  private static void checkInputs(Array inputs) {
    if (inputs.shape().numDimensions() == 0) {
      throw new IllegalArgumentException(
          "Dataset: expected inputs of shape (samples, ...), got " + inputs + ".");
    }
  }

  private static void checkLabels(Array labels) {
    int rank = labels.shape().numDimensions();
    boolean known = labels.type() == Array.Type.INT32 || labels.type() == Array.Type.FLOAT32;
    if (!known || rank == 0) {
      throw new IllegalArgumentException(
          "Dataset: expected labels of type INT32 or FLOAT32 and shape (samples, ...), got "
              + labels
              + ".");
    }
  }

  @Override
  public int size() {
    return (int) inputs.shape().get(0);
  }

  @Override
  public Array.Type inputType() {
    return inputs.type();
  }

  @Override
  public Shape inputShape() {
    long[] dimensions = inputs.shape().asArray();
    return Shape.of(Arrays.copyOfRange(dimensions, 1, dimensions.length));
  }

  @Override
  public Array inputs(int[] indices) {
    return rows(inputs, indices);
  }

  @Override
  public Array labels(int[] indices) {
    return rows(labels, indices);
  }

  @Override
  public Array inputs() {
    return inputs;
  }

  @Override
  public Array labels() {
    return labels;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  static Array rows(Array from, int[] indices) {
    checkIndices(indices, from.shape().get(0));
    return Rows.of(from, indices);
  }

  static void checkIndices(int[] indices, long size) {
    for (int index : indices) {
      if (index < 0 || index >= size) {
        throw new IllegalArgumentException(
            "Dataset: expected indices from 0 to %d, got %d.".formatted(size - 1, index));
      }
    }
  }
}
