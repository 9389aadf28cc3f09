package kerava;

import java.util.Optional;
import kerava.config.SnakeCase;
import org.tensorflow.ndarray.Shape;

/**
 * Something that an optimizer remembers between steps.
 *
 * @param weight the name of the weight that it belongs to, {@code layer/weight}; empty if it
 *     belongs to none
 * @param name Keras' name for it: {@code momentum}, {@code velocity}
 * @param shape its shape
 * @param initial the number that it is filled with at first
 */
public record Slot(Optional<String> weight, String name, Shape shape, float initial) {
  /** The average of a weight over the steps. */
  public static final String AVERAGE = "average";

  /** The sum of a weight's gradients since the last update. */
  public static final String GRADIENTS = "gradient_accumulator";

  /** A slot of a weight's own shape, filled with zeros. */
  public static Slot zeros(WeightSpec weight, String name) {
    return filled(weight, name, 0);
  }

  /** A slot of a weight's own shape, filled with a number. */
  public static Slot filled(WeightSpec weight, String name, double initial) {
    return new Slot(Optional.of(weight.name()), name, weight.shape(), (float) initial);
  }

  /** A number that belongs to no weight. */
  public static Slot scalar(String name, double initial) {
    return new Slot(Optional.empty(), name, Shape.scalar(), (float) initial);
  }

  /** Its name in a graph, as Keras gives it: {@code adam/conv2d_kernel_momentum}. */
  public String path(Optimizer optimizer) {
    boolean scale = name.equals(LossScaling.SCALE) || name.equals(LossScaling.COUNTER);
    Optimizer of = scale ? optimizer : optimizer.updating();
    String owner = SnakeCase.of(of.schema().className());
    return owner + "/" + weight.map(text -> text.replace('/', '_') + "_").orElse("") + name;
  }
}
