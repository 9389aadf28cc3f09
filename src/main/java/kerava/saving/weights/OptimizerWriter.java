package kerava.saving.weights;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kerava.Optimizer;
import kerava.OptimizerShare;
import kerava.OptimizerState;
import kerava.Slot;
import kerava.WeightSpec;
import kerava.config.SnakeCase;
import kerava.graph.Array;
import kerava.saving.hdf5.Hdf5Draft;

/**
 * Writes the state of an optimizer as Keras does, which writes that of optimizers within others
 * twice.
 *
 * @param file where to
 * @param optimizer what it is the state of
 * @param weights those that are trained, in the model's order
 */
record OptimizerWriter(Hdf5Draft file, Optimizer optimizer, List<WeightSpec> weights) {
  void write(OptimizerState state) throws IOException {
    List<OptimizerShare> shares = optimizer.updating().shares(weights);
    List<List<Object>> each = new ArrayList<>();
    for (OptimizerShare share : shares) {
      each.add(values(share, state));
    }
    List<Object> inner = new ArrayList<>();
    if (shares.get(0).isOneOfSeveral()) {
      inner.add(state.iterations());
      inner.add(0f);
    }
    each.forEach(inner::addAll);
    if (optimizer.lossScaling().isEmpty()) {
      put(OptimizerVariables.GROUP, inner);
      several(OptimizerVariables.SEVERAL, shares, each);
      return;
    }
    // The wrapper has an iteration and a rate of its own, which nothing uses.
    List<Object> all = new ArrayList<>(List.of(0L, 0f));
    for (Slot slot : optimizer.ownSlots(weights)) {
      all.add(value(slot, state));
    }
    all.addAll(inner);
    put(OptimizerVariables.GROUP, all);
    put(OptimizerVariables.INNER, inner);
    several(OptimizerVariables.INNER_SEVERAL, shares, each);
  }

  /** The iteration, the rate unless a schedule gives it, and the slots. */
  private List<Object> values(OptimizerShare share, OptimizerState state) {
    List<Object> values = new ArrayList<>();
    values.add(share.weights().isEmpty() ? 0L : state.iterations());
    if (!share.isOneOfSeveral()) {
      state.learningRate().ifPresent(values::add);
    }
    boolean alone = optimizer.lossScaling().isEmpty();
    share.slots().stream()
        .filter(slot -> alone || !slot.isAlone())
        .forEach(slot -> values.add(value(slot, state)));
    return values;
  }

  private Object value(Slot slot, OptimizerState state) {
    Array array = state.slots().get(slot.path(optimizer));
    return slot.isWhole() ? (Object) (long) array.floats()[0] : array;
  }

  private void several(String group, List<OptimizerShare> shares, List<List<Object>> each)
      throws IOException {
    if (!shares.get(0).isOneOfSeveral()) {
      return;
    }
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < shares.size(); i++) {
      String name = SnakeCase.of(shares.get(i).optimizer().schema().className());
      int count = counts.merge(name, 1, Integer::sum) - 1;
      put(group + "/" + name + (count == 0 ? "" : "_" + count) + "/vars", each.get(i));
    }
  }

  private void put(String group, List<Object> values) throws IOException {
    for (int i = 0; i < values.size(); i++) {
      String name = group + "/" + i;
      Object value = values.get(i);
      if (value instanceof Long number) {
        file.put(name, number.longValue());
      } else if (value instanceof Float number) {
        file.put(name, number.floatValue());
      } else {
        file.put(name, (Array) value);
      }
    }
  }
}
