package kerava;

import java.util.Map;
import kerava.config.Nearest;
import kerava.config.Visible;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** What an optimizer knows of the step that it takes. */
public final class Update {
  private final Ops tf;
  private final Operand<TFloat32> rate;
  private final Operand<TInt64> count;
  private final Map<String, Variable> slots;

  /**
   * A step.
   *
   * @param tf where to add operations
   * @param rate the learning rate, a scalar
   * @param count how many updates were done before
   * @param slots what the optimizer remembers beside weights, by name
   */
  public Update(
      Ops tf, Operand<TFloat32> rate, Operand<TInt64> count, Map<String, Variable> slots) {
    this.tf = tf;
    this.rate = rate;
    this.count = count;
    this.slots = Map.copyOf(slots);
  }

  /** Adds operations that run in this step. */
  public Ops tf() {
    return tf;
  }

  /** The learning rate, a scalar. */
  public Operand<TFloat32> rate() {
    return rate;
  }

  /** The number of this update: 1 for the first; a scalar. */
  public Operand<TFloat32> number() {
    return after(1);
  }

  /** How many updates were done before this one, and some more; a scalar. */
  public Operand<TFloat32> after(long more) {
    return tf.dtypes.cast(tf.math.add(count, tf.constant(more)), TFloat32.class);
  }

  /** A number as a constant. */
  public Operand<TFloat32> constant(double value) {
    return tf.constant((float) value);
  }

  /**
   * What the optimizer remembers under a name that belongs to no weight.
   *
   * @throws IllegalArgumentException if it declared no such slot
   */
  public Variable slot(String name) {
    Variable slot = slots.get(name);
    if (slot == null) {
      throw new IllegalArgumentException(
          Visible.of(
              "Update: expected, of the slots, "
                  + Nearest.oneOf(name, slots.keySet())
                  + ", got \""
                  + name
                  + "\"."));
    }
    return slot;
  }
}
