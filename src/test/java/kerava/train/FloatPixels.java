package kerava.train;

import java.util.List;
import kerava.data.Dataset;
import kerava.graph.Array;
import org.tensorflow.ndarray.Shape;

/**
 * Pixels as floats, as images are that were resized.
 *
 * @param bytes the same as bytes
 */
record FloatPixels(Dataset bytes) implements Dataset {
  @Override
  public int size() {
    return bytes.size();
  }

  @Override
  public Shape inputShape() {
    return bytes.inputShape();
  }

  @Override
  public Array inputs(int[] indices) {
    return bytes.inputs(indices).to(Array.Type.FLOAT32);
  }

  @Override
  public Array labels(int[] indices) {
    return bytes.labels(indices);
  }

  @Override
  public boolean pixels() {
    return true;
  }

  @Override
  public List<String> classNames() {
    return bytes.classNames();
  }
}
