package kerava;

import java.util.Map;
import kerava.config.Visible;
import kerava.graph.Variable;

/** A weight that is being trained, and what its optimizer remembers of it. */
public final class Parameter {
  private final Variable variable;
  private final Map<String, Variable> slots;

  /**
   * A weight and its slots.
   *
   * @param slots what the optimizer remembers, by name
   */
  public Parameter(Variable variable, Map<String, Variable> slots) {
    this.variable = variable;
    this.slots = Map.copyOf(slots);
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
