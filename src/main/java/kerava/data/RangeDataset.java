package kerava.data;

import java.util.List;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/** Some neighbouring samples of another data set. */
final class RangeDataset implements Dataset {
  private final Dataset base;
  private final int from;
  private final int size;

  RangeDataset(Dataset base, int from, int to) {
    if (from < 0 || to < from || to > base.size()) {
      throw new IllegalArgumentException(
          "Dataset: expected a range within 0 to %d, got %d to %d."
              .formatted(base.size(), from, to));
    }
    this.base = base;
    this.from = from;
    this.size = to - from;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Shape inputShape() {
    return base.inputShape();
  }

  @Override
  public Array inputs(int[] indices) {
    return base.inputs(moved(indices));
  }

  @Override
  public Array labels(int[] indices) {
    return base.labels(moved(indices));
  }

  @Override
  public boolean inMemory() {
    return base.inMemory();
  }

  @Override
  public float divisor() {
    return base.divisor();
  }

  @Override
  public List<String> classNames() {
    return base.classNames();
  }

  private int[] moved(int[] indices) {
    ArrayDataset.checkIndices(indices, size);
    int[] moved = new int[indices.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = indices[i] + from;
    }
    return moved;
  }
}
