package kerava.applications;

import java.util.LinkedHashMap;
import java.util.Map;
import kerava.graph.Array;
import kerava.graph.Weights;
import org.tensorflow.ndarray.Shape;

/** Kernels whose first filters pass their input on, a channel each. */
final class PartialIdentity {
  private PartialIdentity() {}

  /** The kernels of convolutions among weights, changed so. */
  static Weights in(Weights drawn) {
    Map<String, Array> kernels = new LinkedHashMap<>();
    for (String name : drawn.names()) {
      Array array = drawn.get(name);
      if (name.endsWith("/kernel") && array.shape().numDimensions() == 4) {
        kernels.put(name, of(array));
      }
    }
    return Weights.of(kernels);
  }

  /** (height, width, channels, filters) → the same. */
  private static Array of(Array kernel) {
    Shape shape = kernel.shape();
    int channels = Math.toIntExact(shape.get(2));
    int filters = Math.toIntExact(shape.get(3));
    float[] numbers = kernel.floats().clone();
    int places = Math.toIntExact(shape.get(0) * shape.get(1));
    for (int row = 0; row < places * channels; row++) {
      java.util.Arrays.fill(
          numbers, row * filters, row * filters + Math.min(channels, filters), 0f);
    }
    int middle = Math.toIntExact((shape.get(0) / 2) * shape.get(1) + shape.get(1) / 2) * channels;
    for (int channel = 0; channel < Math.min(channels, filters); channel++) {
      numbers[(middle + channel) * filters + channel] = 1;
    }
    return Array.of(numbers, shape.asArray());
  }
}
