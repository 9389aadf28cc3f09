package kerava.data;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import kerava.graph.Array;

/** Some neighbouring samples of another data set. */
final class RangeDataset extends DatasetView {
  private final int from;
  private final int size;

  RangeDataset(Dataset base, int from, int to) {
    super(base);
    if (from < 0 || to < from || to > base.size()) {
      throw new IllegalArgumentException(
          "Dataset: expected a range within 0 to %d, got %d to %d."
              .formatted(base.size(), from, to));
    }
    this.from = from;
    this.size = to - from;
  }

  @Override
  public int size() {
    return size;
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
  public Optional<Path> file(int index) {
    return base.file(moved(new int[] {index})[0]);
  }

  @Override
  public Array inputs() {
    return inputs(all());
  }

  @Override
  public Array labels() {
    return labels(all());
  }

  private int[] all() {
    return IntStream.range(0, size).toArray();
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
