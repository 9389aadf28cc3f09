package kerava.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;

/** What the way back through a step gives, and what it needs of the way there. */
final class StepAnalysis {
  private final StepGraph step;
  private final Set<GraphOperation> changing;
  private final Set<Output<?>> saved = new LinkedHashSet<>();
  private final Set<Output<?>> given = new LinkedHashSet<>();
  private final List<Product> products = new ArrayList<>();
  private final Map<String, Output<?>> results = new LinkedHashMap<>();

  /**
   * A constant whose gradient is a product at each step, and so one large product for all steps.
   *
   * @param constant which, from 0
   * @param saved which of the values that are kept is to be turned and multiplied, from 0
   * @param result the name of the result that it is multiplied with
   */
  record Product(int constant, int saved, String result) {}

  StepAnalysis(StepGraph step) {
    this.step = step;
    List<Operand<?>> different = new ArrayList<>(step.places().inputs());
    different.addAll(step.places().states());
    this.changing = step.graph().subgraphFrom(new HashSet<>(different));
    collect();
    follow();
  }

  /** Lists what the way back is to give. */
  private void collect() {
    Recurrence.Step places = step.places();
    for (int i = 0; i < places.inputs().size(); i++) {
      result("input_" + i, places.inputs().get(i));
    }
    for (int i = 0; i < places.states().size(); i++) {
      result("state_" + i, places.states().get(i));
    }
    for (int i = 0; i < places.constants().size(); i++) {
      Output<?> gradient = step.gradients().get(places.constants().get(i));
      if (gradient == null || !product(i, (GraphOperation) gradient.op())) {
        result("constant_" + i, places.constants().get(i));
      }
    }
  }

  private void result(String name, Operand<?> place) {
    Output<?> gradient = step.gradients().get(place);
    if (gradient != null) {
      results.put(name, gradient);
    }
  }

  private boolean product(int constant, GraphOperation product) {
    if (!product.type().equals("MatMul")
        || !product.attributes().getAttrBool("transpose_a")
        || product.attributes().getAttrBool("transpose_b")
        || !(step.places().states().contains(product.input(0)) || computed(product.input(0)))) {
      return false;
    }
    saved.add(product.input(0));
    Output<?> right = product.input(1);
    String known =
        results.entrySet().stream()
            .filter(result -> result.getValue().equals(right))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("right_" + constant);
    results.put(known, right);
    products.add(new Product(constant, List.copyOf(saved).indexOf(product.input(0)), known));
    return true;
  }

  /** Whether the step computes it, from what is another one at each step. */
  private boolean computed(Output<?> output) {
    GraphOperation operation = (GraphOperation) output.op();
    return !operation.type().equals("Placeholder")
        && step.isForward(operation)
        && changing.contains(operation);
  }

  /** Goes from the results back to what the step has computed, and to what it was given. */
  private void follow() {
    Deque<Output<?>> open = new ArrayDeque<>(results.values());
    Set<Output<?>> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Output<?> next = open.remove();
      if (seen.add(next)) {
        if (next.op().type().equals("Placeholder")) {
          given.add(next);
          if (step.places().states().contains(next)) {
            saved.add(next);
          }
        } else if (computed(next)) {
          saved.add(next);
          given.add(next);
        } else {
          ((GraphOperation) next.op()).inputs().forEach(input -> open.add(input.asOutput()));
        }
      }
    }
  }

  /** What is to be kept of each step, in its type and shape. */
  List<Output<?>> saved() {
    return List.copyOf(saved);
  }

  /** What the way back is given. */
  List<Output<?>> given() {
    return List.copyOf(given);
  }

  /**
   * What the way back gives: gradients under the names of what they belong to, {@code input_0},
   * {@code state_0} and {@code constant_0}, and factors of products.
   */
  Map<String, Output<?>> results() {
    return results;
  }

  /** The constants whose gradients are products. */
  List<Product> products() {
    return List.copyOf(products);
  }
}
