package kerava.layers.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import kerava.graph.Recurrence;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * A cell's step, which leaves everything as it is where the mask says that the step does not count:
 * the output is that of the step before then, and 0 before the first.
 *
 * @param stepping the cell's step
 * @param all whether the outputs of all steps are wanted
 * @param masked whether there is a mask, as the second input
 * @param output which state is the output, or is to become it
 */
record MaskedStep(CellSteps.Stepping stepping, boolean all, boolean masked, OutputState output)
    implements Recurrence.Body {
  /**
   * Where the output of the step before is found.
   *
   * @param index among the states
   * @param added whether it is one more than those of the cell
   */
  record OutputState(int index, boolean added) {}

  /** Where to look for it, if it is needed: among the cell's states if it is always one of them. */
  static OutputState output(OptionalInt own, int states, boolean needed) {
    return own.isPresent()
        ? new OutputState(own.getAsInt(), false)
        : new OutputState(states, needed);
  }

  @Override
  public Recurrence.Turn step(Ops tf, Recurrence.Step given) {
    int states = given.states().size() - (output.added() ? 1 : 0);
    Recurrence.Turn turn =
        stepping.of(
            tf,
            given.inputs().get(0).asOutput().expect(TFloat32.class),
            given.states().subList(0, states),
            given.constants());
    List<Operand<TFloat32>> results = new ArrayList<>(turn.states());
    if (output.added()) {
      results.addAll(turn.outputs());
    }
    if (masked) {
      Operand<TBool> counts = given.inputs().get(1).asOutput().expect(TBool.class);
      for (int i = 0; i < results.size(); i++) {
        results.set(i, tf.select(counts, results.get(i), given.states().get(i)));
      }
    }
    boolean carried = output.index() < results.size();
    List<Operand<TFloat32>> now = carried ? List.of(results.get(output.index())) : turn.outputs();
    return new Recurrence.Turn(all ? now : List.of(), results);
  }
}
