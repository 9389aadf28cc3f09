package kerava.layers.recurrent;

import java.util.List;
import kerava.graph.Recurrence;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How to make the steps of a cell: what it makes of inputs alone, which may be done for many at
 * once, and what is left for each step.
 *
 * @param inputConstants what the first needs beside the inputs: weights, and what dropout leaves
 * @param constants what the second needs beside inputs and states
 * @param projection what the cell makes of inputs alone
 * @param stepping one step
 */
public record CellSteps(
    List<Operand<TFloat32>> inputConstants,
    List<Operand<TFloat32>> constants,
    Projection projection,
    Stepping stepping) {
  /** Keeps the lists as they are now. */
  public CellSteps {
    inputConstants = List.copyOf(inputConstants);
    constants = List.copyOf(constants);
  }

  /** What a cell makes of inputs alone. */
  @FunctionalInterface
  public interface Projection {
    /**
     * Adds the operations, which may use what they are given and nothing else of a graph.
     *
     * @param x of shape (batch, ...), or (steps, batch, ...) for several steps
     */
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> x, List<Operand<TFloat32>> inputConstants);
  }

  /** One step of a cell. */
  @FunctionalInterface
  public interface Stepping {
    /**
     * Adds the operations, which may use what they are given and nothing else of a graph.
     *
     * @param projected what was made of the input
     * @param states those that the step before left
     * @return one output, and the new states
     */
    Recurrence.Turn of(
        Ops tf,
        Operand<TFloat32> projected,
        List<Operand<TFloat32>> states,
        List<Operand<TFloat32>> constants);
  }
}
