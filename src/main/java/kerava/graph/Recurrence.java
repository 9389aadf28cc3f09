package kerava.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * What is computed for each step of a sequence, from the step and from what the one before left: a
 * loop in the graph, or the steps one behind the other. Both can be differentiated.
 *
 * @param body one step
 * @param sequences what has another value at each step, of shape (steps, ...); numbers of float32
 *     and others
 * @param states what the first step finds
 * @param constants what is the same at all steps
 * @param outputs the shape of each output of a step
 */
public record Recurrence(
    Body body,
    List<Operand<? extends TType>> sequences,
    List<Operand<TFloat32>> states,
    List<Operand<TFloat32>> constants,
    List<Shape> outputs) {
  /** Keeps the lists as they are now. */
  public Recurrence {
    sequences = List.copyOf(sequences);
    states = List.copyOf(states);
    constants = List.copyOf(constants);
    outputs = List.copyOf(outputs);
  }

  /** One step. */
  @FunctionalInterface
  public interface Body {
    /**
     * Adds the operations of a step, which may use what they are given and nothing else of a graph.
     */
    Turn step(Ops tf, Step given);
  }

  /**
   * What a step is made of.
   *
   * @param inputs the values of the sequences at the step
   * @param states what the step before left
   * @param constants what is the same at all steps
   */
  public record Step(
      List<Operand<? extends TType>> inputs,
      List<Operand<TFloat32>> states,
      List<Operand<TFloat32>> constants) {
    /** Keeps the lists as they are now. */
    public Step {
      inputs = List.copyOf(inputs);
      states = List.copyOf(states);
      constants = List.copyOf(constants);
    }
  }

  /**
   * What a step gives, or all of them.
   *
   * @param outputs what is wanted of each step; of all of them in shape (steps, ...)
   * @param states what the step, or the last one, leaves, in the shapes of those before
   */
  public record Turn(List<Operand<TFloat32>> outputs, List<Operand<TFloat32>> states) {
    /** Keeps the lists as they are now. */
    public Turn {
      outputs = List.copyOf(outputs);
      states = List.copyOf(states);
    }

    List<Operand<TFloat32>> all() {
      return java.util.stream.Stream.concat(outputs.stream(), states.stream()).toList();
    }
  }

  /**
   * Adds the steps one behind the other.
   *
   * @throws IllegalArgumentException if it is not known how many there are
   */
  public Turn unrolled(Ops tf) {
    long steps = sequences.get(0).shape().get(0);
    if (steps == Shape.UNKNOWN_SIZE) {
      throw new IllegalArgumentException("unroll: expected a known number of steps, got none.");
    }
    Turn turn = new Turn(List.of(), states);
    List<List<Operand<TFloat32>>> collected = new ArrayList<>();
    outputs.forEach(output -> collected.add(new ArrayList<>()));
    for (int i = 0; i < steps; i++) {
      Operand<TInt32> at = tf.constant(i);
      List<Operand<? extends TType>> inputs = new ArrayList<>();
      sequences.forEach(sequence -> inputs.add(tf.gather(sequence, at, tf.constant(0))));
      turn = body.step(tf, new Step(inputs, turn.states(), constants));
      for (int output = 0; output < outputs.size(); output++) {
        collected.get(output).add(turn.outputs().get(output));
      }
    }
    return new Turn(collected.stream().<Operand<TFloat32>>map(tf::stack).toList(), turn.states());
  }
}
