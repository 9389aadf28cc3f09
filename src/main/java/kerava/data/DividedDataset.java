package kerava.data;

import java.util.List;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/** The samples of another data set with a divisor of their own. */
final class DividedDataset implements Dataset {
  private final Dataset base;
  private final float divisor;

  DividedDataset(Dataset base, float divisor) {
    this.base = base;
    this.divisor = checked(divisor);
  }

  static float checked(float divisor) {
    if (!Float.isFinite(divisor) || divisor == 0) {
      throw new IllegalArgumentException(
          "Dataset: expected a finite divisor other than 0, got " + divisor + ".");
    }
    return divisor;
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
  public Array inputs(int[] indices) {
    return base.inputs(indices);
  }

  @Override
  public Array labels(int[] indices) {
    return base.labels(indices);
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
  public boolean inMemory() {
    return base.inMemory();
  }

  @Override
  public float divisor() {
    return divisor;
  }

  @Override
  public List<String> classNames() {
    return base.classNames();
  }
}
