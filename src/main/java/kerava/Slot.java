package kerava;

import org.tensorflow.ndarray.Shape;

/**
 * Something that an optimizer remembers of one weight.
 *
 * @param weight the name of the weight, {@code step/weight}
 * @param name Keras' name for it: {@code momentum}, {@code velocity}
 * @param shape its shape
 * @param initial the number that it is filled with at first
 */
public record Slot(String weight, String name, Shape shape, float initial) {
  /** A slot of a weight's own shape, filled with zeros. */
  public static Slot zeros(WeightSpec weight, String name) {
    return new Slot(weight.name(), name, weight.shape(), 0);
  }

  /** Its name in a graph, as Keras gives it: {@code adam/conv2d_kernel_momentum}. */
  public String path(Optimizer optimizer) {
    String owner = kerava.config.SnakeCase.of(optimizer.schema().className());
    return owner + "/" + weight.replace('/', '_') + "_" + name;
  }
}
