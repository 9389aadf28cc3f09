package kerava.saving.keras2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import kerava.CompileSettings;
import kerava.Slot;
import kerava.StoredModel;
import kerava.WeightSpec;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.saving.hdf5.NamedArrays;
import kerava.saving.json.LayerOrder;
import kerava.saving.savedmodel.Checkpoint;
import kerava.saving.weights.LegacyOptimizer;
import kerava.saving.weights.OptimizerVariables;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The state of an optimizer beside a SavedModel of Keras 2, by both generations of optimizers. */
final class Keras2Optimizer {
  private static final int ROOT = 0;

  private final Checkpoint checkpoint;
  private final CompileSettings settings;
  private final LayerOrder order;

  Keras2Optimizer(Checkpoint checkpoint, CompileSettings settings, LayerOrder order) {
    this.checkpoint = checkpoint;
    this.settings = settings;
    this.order = order;
  }

  /**
   * Adds the settings, and the state that the checkpoint holds, to a model.
   *
   * @param weights the number of the object of each weight
   */
  StoredModel addTo(StoredModel stored, Map<String, Integer> weights) throws ModelFormatException {
    OptionalInt optimizer = checkpoint.child(ROOT, "optimizer");
    List<String> keys = List.of();
    if (optimizer.isPresent()) {
      List<WeightSpec> trained =
          order.weights(stored.model()).stream().filter(WeightSpec::trainable).toList();
      keys =
          checkpoint.child(optimizer.getAsInt(), "iter").isPresent()
              ? old(optimizer.getAsInt(), trained, weights)
              : today(optimizer.getAsInt());
    }
    if (!keys.isEmpty() && keys.get(0).contains("/_iterations/") && !isWhole(keys, stored)) {
      return stored
          .compiled(settings)
          .remarked(
              List.of(
                  "The state of the optimizer was left out: "
                      + settings.optimizer().schema().className()
                      + " of Keras 2 remembers something else, in "
                      + keys.size()
                      + " variables."));
    }
    if (keys.isEmpty()) {
      return stored
          .compiled(settings)
          .remarked(
              List.of(
                  "The state of the optimizer was left out: expected its iteration, got none."));
    }
    return new OptimizerVariables(values(keys), settings.optimizer())
        .addTo(stored, settings, new OptimizerVariables.Place(keys, order));
  }

  /** Whether the keys of a later optimizer are as many as are needed here. */
  private boolean isWhole(List<String> keys, StoredModel stored) {
    List<Slot> slots = settings.optimizer().updating().slots(stored.model().trainableWeights());
    int unused = (int) slots.stream().filter(slot -> slot.isAlone() && slot.isWhole()).count();
    boolean rated = keys.size() > 1 && keys.get(1).contains("/_learning_rate/");
    int found = keys.size() - (rated ? 2 : 1);
    return slots.isEmpty()
        || found == slots.size()
        || found == slots.size() - unused
        || keys.size() <= 2;
  }

  /** The keys of the optimizers of Keras 2.11 and later: the iteration, the rate, the slots. */
  private List<String> today(int optimizer) throws ModelFormatException {
    List<String> keys = new ArrayList<>();
    add(keys, checkpoint.child(optimizer, "_iterations"));
    if (settings.optimizer().learningRate().schedule().isEmpty()) {
      add(keys, checkpoint.child(optimizer, "_learning_rate"));
    }
    OptionalInt list = checkpoint.child(optimizer, "_variables");
    for (int i = 1; list.isPresent(); i++) {
      OptionalInt slot = checkpoint.child(list.getAsInt(), String.valueOf(i));
      if (slot.isEmpty()) {
        break;
      }
      add(keys, slot);
    }
    return keys;
  }

  /** The keys of the optimizers before, which say for each slot what weight it belongs to. */
  private List<String> old(int optimizer, List<WeightSpec> trained, Map<String, Integer> weights)
      throws ModelFormatException {
    List<String> keys = new ArrayList<>();
    add(keys, checkpoint.child(optimizer, "iter"));
    for (Slot slot : settings.optimizer().updating().slots(trained)) {
      add(keys, old(optimizer, slot, slot.weight().map(weights::get).orElse(-1)));
    }
    return keys;
  }

  private OptionalInt old(int optimizer, Slot slot, int weight) throws ModelFormatException {
    List<TrackableObject.SlotVariableReference> slots =
        checkpoint.object(optimizer).getSlotVariablesList();
    return LegacyOptimizer.names(slot).stream()
        .flatMap(name -> slots.stream().filter(found -> found.getSlotName().equals(name)))
        .filter(found -> found.getOriginalVariableNodeId() == weight)
        .mapToInt(TrackableObject.SlotVariableReference::getSlotVariableNodeId)
        .findFirst();
  }

  private void add(List<String> keys, OptionalInt object) throws ModelFormatException {
    if (object.isPresent()) {
      checkpoint.key(object.getAsInt()).ifPresent(keys::add);
    }
  }

  private NamedArrays values(List<String> keys) throws ModelFormatException {
    Map<String, Array> values = new LinkedHashMap<>();
    values.putAll(checkpoint.values(keys.subList(0, 1), TInt64.class));
    values.putAll(checkpoint.values(keys.subList(1, keys.size()), TFloat32.class));
    return new Read(checkpoint, values);
  }

  /** Values that were read. */
  private record Read(Checkpoint checkpoint, Map<String, Array> values) implements NamedArrays {
    @Override
    public Array floats(String name, Shape shape) throws ModelFormatException {
      Array array = value(name);
      if (!array.shape().equals(shape)) {
        throw checkpoint.refuse(name + " of " + shape, array.toString());
      }
      return array;
    }

    @Override
    public long integer(String name) throws ModelFormatException {
      return value(name).longs()[0];
    }

    private Array value(String name) throws ModelFormatException {
      return Optional.ofNullable(values.get(name))
          .orElseThrow(() -> checkpoint.refuse("a value of " + name, "none"));
    }
  }
}
