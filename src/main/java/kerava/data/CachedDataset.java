package kerava.data;

import java.util.List;
import java.util.stream.IntStream;
import kerava.graph.Array;

/** The samples of another data set, read into memory once. */
final class CachedDataset extends DatasetView {
  private final List<Column> inputColumns;
  private final List<Column> labelColumns;
  private final List<Array> inputs;
  private final List<Array> labels;

  CachedDataset(Dataset base) {
    super(base);
    int[] all = IntStream.range(0, base.size()).toArray();
    this.inputColumns = base.inputColumns();
    this.labelColumns = base.labelColumns();
    this.inputs = base.inputArrays(all);
    this.labels = base.labelArrays(all);
  }

  @Override
  public List<Column> inputColumns() {
    return inputColumns;
  }

  @Override
  public List<Column> labelColumns() {
    return labelColumns;
  }

  @Override
  public List<Array> inputArrays(int[] indices) {
    return inputs.stream().map(array -> ArrayDataset.rows(array, indices)).toList();
  }

  @Override
  public List<Array> labelArrays(int[] indices) {
    return labels.stream().map(array -> ArrayDataset.rows(array, indices)).toList();
  }

  @Override
  public Array inputs(int[] indices) {
    return ArrayDataset.rows(inputs.get(0), indices);
  }

  @Override
  public Array labels(int[] indices) {
    return ArrayDataset.rows(labels.get(0), indices);
  }

  @Override
  public boolean sequential() {
    return false;
  }

  @Override
  public boolean inMemory() {
    return true;
  }
}
