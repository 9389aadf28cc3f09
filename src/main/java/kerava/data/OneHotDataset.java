package kerava.data;

import java.util.Arrays;
import kerava.Labels;
import kerava.graph.Array;
import kerava.graph.Rows;
import org.tensorflow.ndarray.Shape;

/** The samples of another data set, with one-hot targets instead of class numbers. */
final class OneHotDataset extends DatasetView {
  private final int[] classes;
  private final int count;

  private OneHotDataset(Dataset base, int[] classes, int count) {
    super(base);
    this.classes = classes;
    this.count = count;
  }

  static Dataset of(Dataset base, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "Dataset one-hot: expected at least 1 class, got " + count + ". Have they no names?");
    }
    int[] classes = Labels.onePerSample("Dataset one-hot", base.labels());
    for (int number : classes) {
      if (number < 0 || number >= count) {
        throw new IllegalArgumentException(
            "Dataset one-hot: expected class numbers below " + count + ", got " + number + ".");
      }
    }
    return new OneHotDataset(base, classes, count);
  }

  @Override
  public Array labels(int[] indices) {
    ArrayDataset.checkIndices(indices, classes.length);
    return targets(Arrays.stream(indices).map(index -> classes[index]).toArray());
  }

  @Override
  public Array labels() {
    return targets(classes);
  }

  private Array targets(int[] numbers) {
    float[] targets = new float[Rows.length(Shape.of(numbers.length, count))];
    for (int i = 0; i < numbers.length; i++) {
      targets[i * count + numbers[i]] = 1;
    }
    return Array.of(targets, numbers.length, count);
  }
}
