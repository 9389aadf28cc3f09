package kerava.saving.savedmodel;

import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TString;

/** Makes tensors of byte strings. */
public final class StringTensors {
  private StringTensors() {}

  /** A tensor of shape (count); whoever asks for it closes it. */
  public static TString tensor(List<byte[]> strings) {
    return TString.tensorOfBytes(
        Shape.of(strings.size()), DataBuffers.ofObjects(strings.toArray(byte[][]::new)));
  }
}
