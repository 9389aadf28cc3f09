package kerava.layers;

import org.tensorflow.ndarray.Shape;

/** What a window does at the border of an image. */
public enum Padding {
  /** It stays inside, so that the output is smaller. */
  VALID {
    @Override
    long outputSize(long input, long window, long stride) {
      return (input - window) / stride + 1;
    }
  },
  /** It may reach over the border, where zeros stand; at stride 1 the output is as large. */
  SAME {
    @Override
    long outputSize(long input, long window, long stride) {
      return (input + stride - 1) / stride;
    }
  },
  /** It reaches over the beginning alone, where zeros stand, so that it sees nothing to come. */
  CAUSAL {
    @Override
    long outputSize(long input, long window, long stride) {
      return SAME.outputSize(input, window, stride);
    }
  };

  /**
   * How many places a window takes along one dimension.
   *
   * @param window the size of the window, holes of a dilated kernel included
   */
  abstract long outputSize(long input, long window, long stride);

  /** The same, where the input's size may be unknown. */
  long outputDimension(long input, long window, long stride) {
    return input == Shape.UNKNOWN_SIZE ? input : outputSize(input, window, stride);
  }
}
