package kerava.data;

import kerava.Labels;
import kerava.graph.Array;

/** The samples of another data set, with the probability of class 1 instead of class numbers. */
final class BinaryDataset extends DatasetView {
  private BinaryDataset(Dataset base) {
    super(base);
  }

  static Dataset of(Dataset base) {
    targets(base.labels());
    return new BinaryDataset(base);
  }

  @Override
  public Array labels(int[] indices) {
    return targets(base.labels(indices));
  }

  @Override
  public Array labels() {
    return targets(base.labels());
  }

  private static Array targets(Array labels) {
    int[] classes = Labels.onePerSample("Dataset binary", labels);
    float[] targets = new float[classes.length];
    for (int i = 0; i < targets.length; i++) {
      int label = classes[i];
      if (label != 0 && label != 1) {
        throw new IllegalArgumentException(
            "Dataset binary: expected the classes 0 and 1, got " + label + ".");
      }
      targets[i] = label;
    }
    return Array.of(targets, targets.length, 1);
  }
}
