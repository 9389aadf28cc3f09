package kerava.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * The loop through the steps of a recurrence.
 *
 * @param recurrence the steps
 * @param lists where they are read and written
 * @param sequences the lists of the sequences
 */
record RecurrentLoop(Recurrence recurrence, StepLists lists, List<Output<?>> sequences) {
  static RecurrentLoop of(Ops tf, Recurrence recurrence) {
    StepLists lists = StepLists.of(tf, recurrence.sequences().get(0));
    return new RecurrentLoop(
        recurrence, lists, recurrence.sequences().stream().<Output<?>>map(lists::of).toList());
  }

  /** One step in a graph: what it gives, and then what is to be kept of it. */
  private interface Stepper {
    List<? extends Operand<?>> add(Ops tf, Recurrence.Step step);
  }

  /**
   * What the loop gives.
   *
   * @param turn the outputs of all steps and the last states
   * @param kept lists of what was kept
   */
  record Ends(Recurrence.Turn turn, List<Output<?>> kept) {}

  /** Adds the loop, keeping nothing. */
  Recurrence.Turn add() {
    return add((tf, step) -> recurrence.body().step(tf, step).all(), List.of()).turn();
  }

  /** Adds the loop, keeping what the way back needs. */
  Ends add(StepFunctions functions) {
    return add(functions::forward, functions.saved());
  }

  private Ends add(Stepper stepper, List<Output<?>> kept) {
    List<Operand<?>> changing = new ArrayList<>();
    recurrence.outputs().forEach(shape -> changing.add(lists.empty(TFloat32.class, shape)));
    kept.forEach(each -> changing.add(lists.empty(each.type(), each.shape())));
    int written = changing.size();
    changing.addAll(recurrence.states());
    List<Operand<?>> same = new ArrayList<>(sequences);
    same.addAll(recurrence.constants());
    List<Output<?>> ends =
        new CountedLoop(lists.turns(), changing, same)
            .add(
                lists.tf(),
                (tf, turn, now, all) -> new Turn(tf, all, stepper).steps(turn, now, written));
    int outputs = recurrence.outputs().size();
    List<Operand<TFloat32>> stacked = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      stacked.add(lists.stacked(ends.get(i), recurrence.outputs().get(i)));
    }
    List<Operand<TFloat32>> states = StepLists.floats(ends.subList(written, ends.size()));
    return new Ends(new Recurrence.Turn(stacked, states), ends.subList(outputs, written));
  }

  /** One turn of the loop, within its function. */
  private final class Turn {
    private final Ops tf;
    private final List<Operand<?>> same;
    private final Stepper stepper;

    Turn(Ops tf, List<Operand<?>> same, Stepper stepper) {
      this.tf = tf;
      this.same = same;
      this.stepper = stepper;
    }

    List<Operand<?>> steps(Operand<TInt32> turn, List<Operand<?>> now, int written) {
      List<Operand<?>> next = new ArrayList<>(now);
      int outputs = recurrence.outputs().size();
      int states = now.size() - written;
      Operand<TInt32> first = tf.math.mul(turn, tf.constant(lists.stride()));
      for (int i = 0; i < lists.stride(); i++) {
        Operand<TInt32> at = StepLists.plus(tf, first, i);
        List<? extends Operand<?>> ends =
            stepper.add(tf, step(at, next.subList(written, next.size())));
        for (int list = 0; list < written; list++) {
          Operand<?> value = ends.get(list < outputs ? list : list + states);
          next.set(list, StepLists.set(tf, next.get(list), at, value));
        }
        for (int state = 0; state < states; state++) {
          next.set(written + state, ends.get(outputs + state));
        }
      }
      return next;
    }

    private Recurrence.Step step(Operand<TInt32> at, List<Operand<?>> states) {
      List<Operand<? extends TType>> inputs = new ArrayList<>();
      for (int i = 0; i < sequences.size(); i++) {
        Operand<? extends TType> whole = recurrence.sequences().get(i);
        inputs.add(StepLists.get(tf, same.get(i), at, whole.type(), whole.shape().tail()));
      }
      List<Operand<?>> constants = same.subList(sequences.size(), same.size());
      return new Recurrence.Step(inputs, StepLists.floats(states), StepLists.floats(constants));
    }
  }
}
