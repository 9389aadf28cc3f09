package kerava;

import java.util.Map;
import java.util.Optional;
import kerava.config.Visible;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A weight that is being trained, and what its optimizer remembers of it. */
public final class Parameter {
  private final Variable variable;
  private final Map<String, Variable> slots;
  private final Optional<RowPowers> rows;

  /**
   * A weight and its slots.
   *
   * @param slots what the optimizer remembers, by name
   */
  public Parameter(Variable variable, Map<String, Variable> slots) {
    this(variable, slots, Optional.empty());
  }

  private Parameter(Variable variable, Map<String, Variable> slots, Optional<RowPowers> rows) {
    this.variable = variable;
    this.slots = Map.copyOf(slots);
    this.rows = rows;
  }

  /** What is made of the gradients of single rows before these are added up. */
  public interface RowPowers {
    /** The squares, added up, of the weight's shape. */
    Operand<TFloat32> squares(Ops tf);

    /** The absolute values, added up, of the weight's shape. */
    Operand<TFloat32> magnitudes(Ops tf);
  }

  /** The same weight, of which a batch looked up single rows. */
  public Parameter lookedUp(RowPowers powers) {
    return new Parameter(variable, slots, Optional.of(powers));
  }

  /**
   * The squares of a gradient: of its numbers; or, where rows of the weight were looked up, of the
   * gradients of each row, added up, as in Keras.
   */
  public Operand<TFloat32> square(Ops tf, Operand<TFloat32> gradient) {
    return rows.map(powers -> powers.squares(tf)).orElseGet(() -> tf.math.square(gradient));
  }

  /** The absolute values of a gradient, in the same way. */
  public Operand<TFloat32> magnitude(Ops tf, Operand<TFloat32> gradient) {
    return rows.map(powers -> powers.magnitudes(tf)).orElseGet(() -> tf.math.abs(gradient));
  }

  /** The weight. */
  public Variable variable() {
    return variable;
  }

  /** Whether the optimizer remembers something under a name. */
  public boolean has(String name) {
    return slots.containsKey(name);
  }

  /**
   * What the optimizer remembers under a name.
   *
   * @throws IllegalArgumentException if it declared no slot of that name for this weight
   */
  public Variable slot(String name) {
    Variable slot = slots.get(name);
    if (slot == null) {
      throw new IllegalArgumentException(
          Visible.of(
              variable.name()
                  + ": expected one of the slots "
                  + slots.keySet()
                  + ", got \""
                  + name
                  + "\"."));
    }
    return slot;
  }
}
