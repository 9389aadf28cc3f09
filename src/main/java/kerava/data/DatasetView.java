package kerava.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kerava.graph.Array;
import kerava.images.Preprocessing;
import org.tensorflow.ndarray.Shape;

/** Another data set, of which a subclass changes what makes it a view of its own. */
abstract class DatasetView implements Dataset {
  /** The data set looked at. */
  final Dataset base;

  DatasetView(Dataset base) {
    this.base = base;
  }

  @Override
  public int size() {
    return base.size();
  }

  @Override
  public Shape inputShape() {
    return base.inputShape();
  }

  @Override
  public Array.Type inputType() {
    return base.inputType();
  }

  @Override
  public Array inputs(int[] indices) {
    return base.inputs(indices);
  }

  @Override
  public Array labels(int[] indices) {
    return base.labels(indices);
  }

  @Override
  public List<Column> inputColumns() {
    return base.inputColumns().size() == 1
        ? Dataset.super.inputColumns().stream().map(this::named).toList()
        : base.inputColumns();
  }

  private Column named(Column column) {
    return new Column(base.inputColumns().get(0).name(), column.type(), column.shape());
  }

  @Override
  public List<Column> labelColumns() {
    if (base.labelColumns().size() != 1) {
      return base.labelColumns();
    }
    Column column = Dataset.super.labelColumns().get(0);
    return List.of(new Column(base.labelColumns().get(0).name(), column.type(), column.shape()));
  }

  @Override
  public List<Array> inputArrays(int[] indices) {
    return base.inputColumns().size() == 1
        ? Dataset.super.inputArrays(indices)
        : base.inputArrays(indices);
  }

  @Override
  public List<Array> labelArrays(int[] indices) {
    return base.labelColumns().size() == 1
        ? Dataset.super.labelArrays(indices)
        : base.labelArrays(indices);
  }

  @Override
  public Array inputs() {
    return base.inputs();
  }

  @Override
  public Array labels() {
    return base.labels();
  }

  @Override
  public boolean pixels() {
    return base.pixels();
  }

  @Override
  public Optional<Path> file(int index) {
    return base.file(index);
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return base.preprocessing();
  }

  @Override
  public List<String> classNames() {
    return base.classNames();
  }

  @Override
  public boolean sequential() {
    return base.sequential();
  }

  @Override
  public boolean inMemory() {
    return base.inMemory();
  }

  @Override
  public boolean orderedByClass() {
    return base.orderedByClass();
  }
}
