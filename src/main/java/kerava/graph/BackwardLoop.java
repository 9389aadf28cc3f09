package kerava.graph;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The loop back through the steps of a recurrence.
 *
 * @param loop the way there
 * @param functions one step, there and back
 * @param kept lists of what was kept on the way there
 * @param upstream the gradients of what the recurrence gave: outputs, then states
 */
record BackwardLoop(
    RecurrentLoop loop,
    StepFunctions functions,
    List<Output<?>> kept,
    List<Operand<TFloat32>> upstream) {
  private static final String TURNS = "turns";

  /**
   * Adds the loop.
   *
   * @return the gradients by the names of what they belong to: {@code input_0}, {@code state_1},
   *     {@code constant_0}
   */
  Map<String, Operand<TFloat32>> add() {
    StepLists lists = loop.lists();
    Map<String, Operand<?>> changing = changing();
    Map<String, Operand<?>> same = same();
    List<String> names = List.copyOf(changing.keySet());
    List<Output<?>> ends =
        new CountedLoop(lists.turns(), List.copyOf(changing.values()), List.copyOf(same.values()))
            .add(
                lists.tf(),
                (inner, turn, now, all) ->
                    new Turn(inner, named(same.keySet(), all)).back(turn, named(names, now)));
    Map<String, Operand<TFloat32>> results = new HashMap<>();
    for (int i = 0; i < ends.size(); i++) {
      Shape listed = functions.listed().get(names.get(i));
      results.put(
          names.get(i),
          listed == null ? ends.get(i).expect(TFloat32.class) : lists.stacked(ends.get(i), listed));
    }
    for (StepAnalysis.Product each : functions.products()) {
      results.put("constant_" + each.constant(), product(each, of(results, each.result())));
    }
    return results;
  }

  /** What each turn replaces. */
  private Map<String, Operand<?>> changing() {
    Recurrence recurrence = loop.recurrence();
    int outputs = recurrence.outputs().size();
    Map<String, Operand<?>> changing = new LinkedHashMap<>();
    functions
        .listed()
        .forEach((name, shape) -> changing.put(name, loop.lists().empty(TFloat32.class, shape)));
    for (int i = 0; i < recurrence.states().size(); i++) {
      changing.put("state_" + i, upstream.get(outputs + i));
    }
    for (int i = 0; i < recurrence.constants().size(); i++) {
      if (functions.gives("constant_" + i)) {
        Operand<TFloat32> constant = recurrence.constants().get(i);
        changing.put("constant_" + i, loop.lists().tf().zerosLike(constant));
      }
    }
    return changing;
  }

  /** What all turns see. */
  private Map<String, Operand<?>> same() {
    Recurrence recurrence = loop.recurrence();
    Map<String, Operand<?>> same = new LinkedHashMap<>();
    same.put(TURNS, loop.lists().turns());
    for (int i = 0; i < kept.size(); i++) {
      same.put("saved_" + i, kept.get(i));
    }
    for (int i = 0; i < loop.sequences().size(); i++) {
      same.put("input_" + i, loop.sequences().get(i));
    }
    for (int i = 0; i < recurrence.outputs().size(); i++) {
      same.put("upstream_" + i, loop.lists().of(upstream.get(i)));
    }
    for (int i = 0; i < recurrence.constants().size(); i++) {
      same.put("constant_" + i, recurrence.constants().get(i));
    }
    return same;
  }

  private Operand<TFloat32> product(StepAnalysis.Product product, Operand<TFloat32> right) {
    StepLists lists = loop.lists();
    Shape left = functions.saved().get(product.saved()).shape();
    return lists
        .tf()
        .linalg
        .matMul(
            rows(lists.stacked(kept.get(product.saved()), left), left),
            rows(right, of(functions.listed(), product.result())),
            MatMul.transposeA(true));
  }

  /** (steps, batch, numbers) → (steps · batch, numbers). */
  private Operand<TFloat32> rows(Operand<TFloat32> all, Shape each) {
    Ops tf = loop.lists().tf();
    return tf.reshape(all, tf.constant(new long[] {-1, each.get(1)}));
  }

  private static <T> T of(Map<String, T> all, String name) {
    return Objects.requireNonNull(all.get(name), name);
  }

  private static Map<String, Operand<?>> named(
      Iterable<String> names, List<? extends Operand<?>> values) {
    Map<String, Operand<?>> all = new LinkedHashMap<>();
    for (String name : names) {
      all.put(name, values.get(all.size()));
    }
    return all;
  }

  /** One turn of the loop, within its function. */
  private final class Turn {
    private final Ops tf;
    private final Map<String, Operand<?>> same;

    Turn(Ops tf, Map<String, Operand<?>> same) {
      this.tf = tf;
      this.same = same;
    }

    List<Operand<?>> back(Operand<TInt32> turn, Map<String, Operand<?>> now) {
      Map<String, Operand<?>> next = new LinkedHashMap<>(now);
      int stride = loop.lists().stride();
      Operand<TInt32> turns = of(same, TURNS).asOutput().expect(TInt32.class);
      Operand<TInt32> left = tf.math.mul(tf.math.sub(turns, turn), tf.constant(stride));
      for (int i = 0; i < stride; i++) {
        Operand<TInt32> at = tf.math.sub(left, tf.constant(1 + i));
        Map<String, Operand<?>> results = functions.backward(tf, values(at, next));
        next.replaceAll((name, value) -> next(name, value, at, results));
      }
      return List.copyOf(next.values());
    }

    private Operand<?> next(
        String name, Operand<?> value, Operand<TInt32> at, Map<String, Operand<?>> results) {
      Operand<?> result = results.get(name);
      if (result == null) {
        return tf.zerosLike(value.asOutput());
      }
      if (functions.listed().containsKey(name)) {
        return StepLists.set(tf, value, at, result);
      }
      return name.startsWith("constant_") ? tf.math.add(floats(value), floats(result)) : result;
    }

    private static Operand<TFloat32> floats(Operand<?> value) {
      return value.asOutput().expect(TFloat32.class);
    }

    private Map<String, Operand<?>> values(Operand<TInt32> at, Map<String, Operand<?>> now) {
      Map<String, Operand<?>> values = new HashMap<>(same);
      int outputs = loop.recurrence().outputs().size();
      for (int i = 0; i < kept.size(); i++) {
        read(values, "saved_" + i, at, functions.saved().get(i));
      }
      for (int i = 0; i < loop.sequences().size(); i++) {
        read(values, "input_" + i, at, functions.inputs().get(i));
      }
      for (int i = 0; i < outputs; i++) {
        read(values, "upstream_" + i, at, functions.outputs().get(i));
      }
      for (int i = 0; i < loop.recurrence().states().size(); i++) {
        values.put("upstream_" + (outputs + i), of(now, "state_" + i));
      }
      return values;
    }

    private void read(
        Map<String, Operand<?>> values, String name, Operand<TInt32> at, Output<?> like) {
      values.put(name, StepLists.get(tf, of(values, name), at, like.type(), like.shape()));
    }
  }
}
