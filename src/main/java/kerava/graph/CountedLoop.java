package kerava.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperationBuilder;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/**
 * A loop in a graph.
 *
 * <p>It is lowered to TensorFlow's switches, as Python's are, so that its operations are placed and
 * optimized like those outside.
 *
 * @param turns how many it makes, a scalar
 * @param changing what each turn replaces, as the first one finds it
 * @param same what all turns see
 */
record CountedLoop(
    Operand<TInt32> turns, List<? extends Operand<?>> changing, List<? extends Operand<?>> same) {

  /** What one turn does. */
  @FunctionalInterface
  interface Body {
    /**
     * Adds the operations.
     *
     * @param turn which, from 0
     * @return what has changed, in the order of what was changing
     */
    List<? extends Operand<?>> turn(
        Ops tf, Operand<TInt32> turn, List<Operand<?>> changing, List<Operand<?>> same);
  }

  /** Adds the loop. */
  List<Output<?>> add(Ops tf, Body body) {
    List<Operand<?>> begin = new ArrayList<>(List.of(tf.constant(0), turns));
    begin.addAll(changing);
    begin.addAll(same);
    Graph graph = (Graph) tf.scope().env();
    String name = tf.scope().makeOpName("While");
    // Python's gradients change the functions of a loop by their names: no two loops may share one.
    String own = "_" + name.replaceAll("[^A-Za-z0-9]", "_");
    try (NativeFunction more = NativeFunction.of("more" + own, inner -> more(inner, begin));
        NativeFunction next = NativeFunction.of("next" + own, inner -> next(inner, begin, body))) {
      GraphOperationBuilder loop = graph.opBuilder("StatelessWhile", name, tf.scope());
      loop.addInputList(begin.stream().map(Operand::asOutput).toArray(Output<?>[]::new));
      loop.setAttr("cond", more.in(graph));
      loop.setAttr("body", next.in(graph));
      loop.setAttr("parallel_iterations", 32);
      loop.setAttr("_lower_using_switch_merge", true);
      return Arrays.asList(loop.build().outputList(2, changing.size()));
    }
  }

  private static List<Operand<?>> places(Ops tf, List<Operand<?>> values) {
    return values.stream().<Operand<?>>map(value -> Placeholders.like(tf, value)).toList();
  }

  private static NativeFunction.Ends more(Ops tf, List<Operand<?>> begin) {
    List<Operand<?>> places = places(tf, begin);
    return new NativeFunction.Ends(places, List.of(tf.math.less(turn(places, 0), turn(places, 1))));
  }

  private NativeFunction.Ends next(Ops tf, List<Operand<?>> begin, Body body) {
    List<Operand<?>> places = places(tf, begin);
    int border = 2 + changing.size();
    List<Operand<?>> unchanged = places.subList(border, places.size());
    Operand<TInt32> turn = turn(places, 0);
    List<? extends Operand<?>> then = body.turn(tf, turn, places.subList(2, border), unchanged);
    List<Operand<?>> outputs = new ArrayList<>(List.of(tf.math.add(turn, tf.constant(1))));
    Stream.of(List.of(places.get(1)), then, unchanged)
        .flatMap(List::stream)
        .forEach(value -> outputs.add(Placeholders.identity(tf, value)));
    return new NativeFunction.Ends(places, outputs);
  }

  private static Operand<TInt32> turn(List<Operand<?>> places, int index) {
    return places.get(index).asOutput().expect(TInt32.class);
  }
}
