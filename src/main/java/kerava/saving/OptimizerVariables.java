package kerava.saving;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import kerava.CompileSettings;
import kerava.Optimizer;
import kerava.OptimizerState;
import kerava.Slot;
import kerava.WeightSpec;
import kerava.graph.Array;
import kerava.graph.Weights;
import org.tensorflow.ndarray.Shape;

/**
 * The state of an optimizer in a file: a numbered list of the iteration, the learning rate unless a
 * schedule gives it, and the slots.
 */
final class OptimizerVariables {
  private static final String GROUP = "optimizer/vars";

  /** Under mixed precision the optimizer proper stands within one that scales the loss. */
  private static final String INNER = "optimizer/inner_optimizer/vars";

  private final Values file;
  private final Optimizer optimizer;

  OptimizerVariables(Values file, Optimizer optimizer) {
    this.file = file;
    this.optimizer = optimizer;
  }

  /**
   * Where the state stands.
   *
   * @param datasets the datasets, in Keras' order
   * @param order the layers, in the order of the file
   */
  record Place(List<String> datasets, LayerOrder order) {
    /** Where the state stands in a weights file of Keras 3. */
    static Place in(Hdf5File file, LayerOrder order) throws ModelFormatException {
      String group = file.has(INNER) ? INNER : GROUP;
      return new Place(
          IntStream.range(0, file.names(group).size()).mapToObj(i -> group + "/" + i).toList(),
          order);
    }
  }

  /** Adds settings, and the state that stands at a place, to a model. */
  StoredModel addTo(StoredModel stored, CompileSettings settings, Place place)
      throws ModelFormatException {
    StoredModel compiled = stored.compiled(settings);
    List<String> datasets = place.datasets();
    List<WeightSpec> trained =
        place.order().weights(stored.model()).stream().filter(WeightSpec::trainable).toList();
    List<Slot> slots = optimizer.slots(trained);
    boolean scheduled = optimizer.learningRate().schedule().isPresent();
    int full = 1 + (scheduled ? 0 : 1) + slots.size();
    // Keras 2 does not write the learning rate, which it has in the optimizer's config.
    if (datasets.size() != full && datasets.size() != 1 + slots.size()) {
      return isFresh(datasets) ? compiled : compiled.card(remark(datasets.size(), full));
    }
    int first = datasets.size() - slots.size();
    Map<String, Array> arrays = new LinkedHashMap<>();
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      arrays.put(slot.path(optimizer), file.floats(datasets.get(first + i), slot.shape()));
    }
    Optional<Float> rate = scheduled ? Optional.empty() : Optional.of(rate(datasets, first));
    List<Slot> sorted = optimizer.slots(stored.model().trainableWeights());
    return stored.compiled(
        settings, new OptimizerState(file.integer(datasets.get(0)), rate, sorted(arrays, sorted)));
  }

  private float rate(List<String> datasets, int first) throws ModelFormatException {
    return first == 2
        ? file.floats(datasets.get(1), Shape.scalar()).floats()[0]
        : (float) optimizer.learningRate().initial();
  }

  private Weights sorted(Map<String, Array> arrays, List<Slot> slots) {
    Map<String, Array> sorted = new LinkedHashMap<>();
    for (Slot slot : slots) {
      Array array = arrays.get(slot.path(optimizer));
      if (array != null) {
        sorted.put(slot.path(optimizer), array);
      }
    }
    return Weights.of(sorted);
  }

  // An optimizer that was never used has no slots yet: then nothing is lost.
  private boolean isFresh(List<String> datasets) throws ModelFormatException {
    return datasets.isEmpty() || (datasets.size() <= 2 && file.integer(datasets.get(0)) == 0);
  }

  private ModelCard remark(int found, int expected) {
    return ModelCard.blank()
        .remarks(
            List.of(
                "The state of the optimizer was left out: expected "
                    + expected
                    + " variables of "
                    + optimizer.schema().className()
                    + ", got "
                    + found
                    + ". Were layers frozen after training?"));
  }
}
