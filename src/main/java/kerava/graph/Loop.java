package kerava.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.GraphOperationBuilder;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Operations that run over and over in a graph. A loop has no gradient: TensorFlow Java knows none.
 *
 * <p>It is lowered to TensorFlow's switches, so that its operations are placed and run like others.
 */
public final class Loop {
  private Loop() {}

  /**
   * What a loop works on, in its own graph or in that of its turns.
   *
   * @param changing what each turn gives anew, of the same shape
   * @param fixed what stays as it is
   */
  public record State(List<Operand<TFloat32>> changing, List<Operand<TFloat32>> fixed) {
    /** Copies the lists. */
    public State {
      changing = List.copyOf(changing);
      fixed = List.copyOf(fixed);
    }

    private State placeholders(Ops tf) {
      return new State(placeholders(tf, changing), placeholders(tf, fixed));
    }

    private static List<Operand<TFloat32>> placeholders(Ops tf, List<Operand<TFloat32>> like) {
      List<Operand<TFloat32>> placeholders = new ArrayList<>();
      like.forEach(
          one -> placeholders.add(tf.placeholder(TFloat32.class, Placeholder.shape(one.shape()))));
      return placeholders;
    }
  }

  /** What is done in a turn. */
  @FunctionalInterface
  public interface Turn {
    /**
     * Adds the operations of a turn, in a graph of their own.
     *
     * @param number which turn, from 0, a scalar
     * @param state as the turn before left it
     * @return what changed
     */
    List<Operand<TFloat32>> apply(Ops tf, Operand<TInt32> number, State state);
  }

  /**
   * Adds a loop.
   *
   * @param turns how many, a scalar
   * @param begin what the first turn starts from
   * @return what changed, as the last turn left it
   */
  public static List<Operand<TFloat32>> of(Ops tf, Operand<TInt32> turns, State begin, Turn turn) {
    Graph graph = (Graph) tf.scope().env();
    List<Operand<?>> inputs = all(tf.constant(0), turns, begin.changing(), begin.fixed());
    try (ConcreteFunction more = ConcreteFunction.create(ops -> more(ops, begin));
        ConcreteFunction next = ConcreteFunction.create(ops -> next(ops, begin, turn))) {
      GraphOperationBuilder loop =
          graph.opBuilder("While", tf.scope().makeOpName("While"), tf.scope());
      loop.addInputList(inputs.stream().map(Operand::asOutput).toArray(Output<?>[]::new));
      loop.setAttr("cond", more);
      loop.setAttr("body", next);
      loop.setAttr("output_shapes", inputs.stream().map(Operand::shape).toArray(Shape[]::new));
      loop.setAttr("_lower_using_switch_merge", true);
      GraphOperation built = loop.build();
      List<Operand<TFloat32>> results = new ArrayList<>();
      for (int i = 0; i < begin.changing().size(); i++) {
        results.add(built.output(2 + i));
      }
      return results;
    }
  }

  private static Signature more(Ops tf, State like) {
    State state = like.placeholders(tf);
    Operand<TInt32> number = number(tf);
    Operand<TInt32> turns = number(tf);
    List<Operand<?>> inputs = all(number, turns, state.changing(), state.fixed());
    return inputs("more", inputs).output("more", tf.math.less(number, turns)).build();
  }

  private static Signature next(Ops tf, State like, Turn turn) {
    State state = like.placeholders(tf);
    Operand<TInt32> number = number(tf);
    Operand<TInt32> turns = number(tf);
    Signature.Builder signature =
        inputs("next", all(number, turns, state.changing(), state.fixed()));
    Operand<TInt32> following = tf.math.add(number, tf.constant(1));
    List<Operand<TFloat32>> changed = turn.apply(tf, number, state);
    List<Operand<?>> outputs = all(following, turns, changed, state.fixed());
    for (int i = 0; i < outputs.size(); i++) {
      signature.output("out_" + i, tf.identity(outputs.get(i)));
    }
    return signature.build();
  }

  private static Operand<TInt32> number(Ops tf) {
    return tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
  }

  private static Signature.Builder inputs(String name, List<Operand<?>> inputs) {
    Signature.Builder signature = Signature.builder(name);
    for (int i = 0; i < inputs.size(); i++) {
      signature.input("in_" + i, inputs.get(i));
    }
    return signature;
  }

  private static List<Operand<?>> all(
      Operand<TInt32> number,
      Operand<TInt32> turns,
      List<Operand<TFloat32>> changing,
      List<Operand<TFloat32>> fixed) {
    List<Operand<?>> all = new ArrayList<>(List.of(number, turns));
    all.addAll(changing);
    all.addAll(fixed);
    return all;
  }

  /** The same rows with another value of one. */
  public static Operand<TFloat32> put(
      Ops tf, Operand<TFloat32> rows, Operand<TInt32> row, Operand<TFloat32> value) {
    Operand<TInt32> index = tf.reshape(row, tf.constant(new int[] {1, 1}));
    return tf.tensorScatterNdUpdate(rows, index, tf.expandDims(value, tf.constant(0)));
  }
}
