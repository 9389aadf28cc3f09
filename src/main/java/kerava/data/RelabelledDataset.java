package kerava.data;

import java.util.List;
import kerava.Labels;
import kerava.graph.Array;

/** The samples of another data set, with other class numbers for the same classes. */
final class RelabelledDataset extends DatasetView {
  private final int[] numbers;
  private final List<String> names;

  RelabelledDataset(Dataset base, int[] numbers, List<String> names) {
    super(base);
    this.numbers = numbers.clone();
    this.names = List.copyOf(names);
  }

  @Override
  public Array labels(int[] indices) {
    return moved(base.labels(indices));
  }

  @Override
  public Array labels() {
    return moved(base.labels());
  }

  private Array moved(Array labels) {
    int[] classes = Labels.onePerSample("Dataset relabelled", labels);
    int[] moved = new int[classes.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = numbers[classes[i]];
    }
    return Array.of(moved, moved.length);
  }

  @Override
  public List<String> classNames() {
    return names;
  }
}
