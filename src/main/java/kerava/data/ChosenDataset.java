package kerava.data;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import kerava.graph.Array;

/** Some samples of another data set, in an order of their own. */
final class ChosenDataset extends DatasetView {
  private final int[] chosen;

  ChosenDataset(Dataset base, int[] indices) {
    super(base);
    ArrayDataset.checkIndices(indices, base.size());
    this.chosen = indices.clone();
  }

  @Override
  public int size() {
    return chosen.length;
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
    return inputs(IntStream.range(0, chosen.length).toArray());
  }

  @Override
  public Array labels() {
    return labels(IntStream.range(0, chosen.length).toArray());
  }

  @Override
  public boolean orderedByClass() {
    return false;
  }

  private int[] moved(int[] indices) {
    ArrayDataset.checkIndices(indices, chosen.length);
    int[] moved = new int[indices.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = chosen[indices[i]];
    }
    return moved;
  }
}
