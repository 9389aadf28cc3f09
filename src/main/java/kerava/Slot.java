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
 * @param kind how it is kept
 */
public record Slot(Optional<String> weight, String name, Shape shape, float initial, Kind kind) {
  /** How a slot begins, and how it is written. */
  public enum Kind {
    /** Numbers. */
    NUMBERS(false, false),
    /** A whole number, as files say. */
    WHOLE(true, false),
    /** Numbers that are those of the weight at first. */
    OF_WEIGHT(false, false),
    /** Numbers that Keras forgets to write for an optimizer within one that scales the loss. */
    ALONE(false, true),
    /** A whole number that it forgets in the same way. */
    WHOLE_ALONE(true, true);

    private final boolean whole;
    private final boolean alone;

    Kind(boolean whole, boolean alone) {
      this.whole = whole;
      this.alone = alone;
    }
  }

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
    return of(weight, name, weight.shape(), initial);
  }

  /** A slot of a shape of its own, filled with a number. */
  public static Slot of(WeightSpec weight, String name, Shape shape, double initial) {
    return new Slot(Optional.of(weight.name()), name, shape, (float) initial, Kind.NUMBERS);
  }

  /** A number that belongs to no weight. */
  public static Slot scalar(String name, double initial) {
    return new Slot(Optional.empty(), name, Shape.scalar(), (float) initial, Kind.NUMBERS);
  }

  /** The same slot, kept otherwise. */
  public Slot as(Kind other) {
    return new Slot(weight, name, shape, initial, other);
  }

  /** The same slot under another name. */
  public Slot named(String other) {
    return new Slot(weight, other, shape, initial, kind);
  }

  /** Whether it is a whole number in files. */
  public boolean isWhole() {
    return kind.whole;
  }

  /** Whether it is in files only where its optimizer stands within none that scales the loss. */
  public boolean isAlone() {
    return kind.alone;
  }

  /** Its name in a graph, as Keras gives it: {@code adam/conv2d_kernel_momentum}. */
  public String path(Optimizer optimizer) {
    boolean scale = name.equals(LossScaling.SCALE) || name.equals(LossScaling.COUNTER);
    Optimizer of = scale ? optimizer : optimizer.updating();
    String owner = SnakeCase.of(of.schema().className());
    return owner + "/" + weight.map(text -> text.replace('/', '_') + "_").orElse("") + name;
  }
}
