package kerava.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kerava.graph.Array;

/** Some samples of another data set; a subclass says which. */
abstract class SubsetDataset extends DatasetView {
  private final int size;

  SubsetDataset(Dataset base, int size) {
    super(base);
    this.size = size;
  }

  /** The place of a sample in the other data set. */
  abstract int place(int index);

  @Override
  public int size() {
    return size;
  }

  @Override
  public Array inputs(int[] indices) {
    return base.inputs(places(indices));
  }

  @Override
  public Array labels(int[] indices) {
    return base.labels(places(indices));
  }

  @Override
  public List<Column> inputColumns() {
    return base.inputColumns();
  }

  @Override
  public List<Column> labelColumns() {
    return base.labelColumns();
  }

  @Override
  public List<Array> inputArrays(int[] indices) {
    return base.inputArrays(places(indices));
  }

  @Override
  public List<Array> labelArrays(int[] indices) {
    return base.labelArrays(places(indices));
  }

  @Override
  public Optional<Path> file(int index) {
    return base.file(places(new int[] {index})[0]);
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

  private int[] places(int[] indices) {
    ArrayDataset.checkIndices(indices, size);
    return Arrays.stream(indices).map(this::place).toArray();
  }
}
