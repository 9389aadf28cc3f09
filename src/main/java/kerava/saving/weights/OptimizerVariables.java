package kerava.saving.weights;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import kerava.CompileSettings;
import kerava.LossScaling;
import kerava.Model;
import kerava.Optimizer;
import kerava.OptimizerShare;
import kerava.OptimizerState;
import kerava.Slot;
import kerava.StoredModel;
import kerava.WeightSpec;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.optimizers.LossScaleOptimizer;
import kerava.saving.hdf5.Hdf5File;
import kerava.saving.hdf5.NamedArrays;
import kerava.saving.json.LayerOrder;
import org.tensorflow.ndarray.Shape;

/**
 * The state of an optimizer in a file: a numbered list of the iteration, the learning rate unless a
 * schedule gives it, and the slots.
 */
public final class OptimizerVariables {
  static final String GROUP = "optimizer/vars";

  /** Where the loss is scaled, the optimizer proper stands within the one that does that. */
  static final String INNER = "optimizer/inner_optimizer/vars";

  /** Where several optimizers stand, each by itself. */
  static final String SEVERAL = "optimizer/optimizers";

  /** The same where the loss is scaled for them. */
  static final String INNER_SEVERAL = "optimizer/inner_optimizer/optimizers";

  /** How many variables the latter has itself in Keras 3. */
  private static final int OWN = 4;

  private final NamedArrays file;
  private final Optimizer optimizer;

  /** Whether it stands within one that scales the loss. */
  private final boolean within;

  /**
   * A reader.
   *
   * @param optimizer the optimizer that the variables belong to
   */
  public OptimizerVariables(NamedArrays file, Optimizer optimizer) {
    this(file, optimizer, false);
  }

  private OptimizerVariables(NamedArrays file, Optimizer optimizer, boolean within) {
    this.file = file;
    this.optimizer = optimizer;
    this.within = within;
  }

  /**
   * Where the state stands.
   *
   * @param datasets the datasets, in Keras' order
   * @param order the layers, in the order of the file
   */
  public record Place(List<String> datasets, LayerOrder order) {
    /** Where the state stands in a weights file of Keras 3. */
    public static Place in(Hdf5File file, LayerOrder order) throws ModelFormatException {
      return new Place(
          IntStream.range(0, file.names(GROUP).size()).mapToObj(i -> GROUP + "/" + i).toList(),
          order);
    }

    /** Those of an optimizer within one that scales the loss, which has four of its own. */
    Place inner() {
      return new Place(datasets.subList(Math.min(OWN, datasets.size()), datasets.size()), order);
    }
  }

  /**
   * The settings as they were when the weights were written: Keras wraps optimizers under {@code
   * mixed_float16} without writing so.
   */
  public static CompileSettings scaled(CompileSettings settings, Hdf5File file)
      throws ModelFormatException {
    return file.has(INNER) && settings.optimizer().lossScaling().isEmpty()
        ? settings.withOptimizer(LossScaleOptimizer.of(settings.optimizer()))
        : settings;
  }

  /** Adds settings, and the state that stands at a place, to a model. */
  public StoredModel addTo(StoredModel stored, CompileSettings settings, Place place)
      throws ModelFormatException {
    if (optimizer.lossScaling().isPresent()) {
      return scaled(stored, settings, place);
    }
    return optimizer.hasOneRate()
        ? single(stored, settings, place)
        : several(stored, settings, place);
  }

  /**
   * Reads the inner optimizer by itself, and puts the scale in front, which Keras 3 writes before
   * it and Keras 2 not at all.
   */
  private StoredModel scaled(StoredModel stored, CompileSettings settings, Place place)
      throws ModelFormatException {
    Optimizer inner = optimizer.updating();
    List<String> datasets = place.datasets();
    OptimizerVariables own = new OptimizerVariables(file, inner, true);
    SlotArrays slots = new SlotArrays(file, inner, true);
    int count = slots.count(inner.shares(stored.model().trainableWeights()));
    boolean alone = datasets.size() <= 2 + count;
    boolean two = alone && datasets.size() > OWN;
    StoredModel found =
        own.addTo(stored, settings.withOptimizer(inner), two ? place : place.inner());
    if (found.optimizer().isEmpty()) {
      return found.compiled(settings);
    }
    OptimizerState state =
        new LossScaleOptimizer(optimizer.config()).adopt(found.optimizer().get());
    return stored.compiled(settings, two ? state : withScale(state, datasets));
  }

  private OptimizerState withScale(OptimizerState state, List<String> datasets)
      throws ModelFormatException {
    float steps = file.integer(datasets.get(2));
    Array scale = file.floats(datasets.get(3), Shape.scalar());
    Map<String, Array> own = new LinkedHashMap<>();
    own.put(Slot.scalar(LossScaling.COUNTER, 0).path(optimizer), Array.of(new float[] {steps}));
    own.put(Slot.scalar(LossScaling.SCALE, 0).path(optimizer), scale);
    return new OptimizerState(
        state.iterations(), state.learningRate(), state.slots().with(Weights.of(own)));
  }

  private StoredModel single(StoredModel stored, CompileSettings settings, Place place)
      throws ModelFormatException {
    StoredModel compiled = stored.compiled(settings);
    List<String> datasets = place.datasets();
    List<WeightSpec> trained =
        place.order().weights(stored.model()).stream().filter(WeightSpec::trainable).toList();
    List<OptimizerShare> all = optimizer.shares(trained);
    SlotArrays slots = new SlotArrays(file, optimizer, within).fitting(datasets, all);
    int count = slots.count(all);
    boolean scheduled = optimizer.learningRate().schedule().isPresent();
    int full = 1 + (scheduled ? 0 : 1) + count;
    // SGD of Keras 2 has momenta even where it does not use them.
    if (count == 0 && datasets.size() > full) {
      return unused(stored, settings, datasets);
    }
    // Keras 2 does not write the learning rate, which it has in the optimizer's config.
    if (datasets.size() != full && datasets.size() != 1 + count) {
      return isFresh(datasets) ? compiled : remarked(compiled, datasets.size(), full);
    }
    int first = datasets.size() - count;
    Iterator<String> rest = datasets.subList(first, datasets.size()).iterator();
    long iterations = file.integer(datasets.get(0));
    Map<String, Array> arrays = slots.read(all.get(0), rest, iterations);
    Optional<Float> rate = scheduled ? Optional.empty() : Optional.of(rate(datasets, first));
    return stored.compiled(
        settings, new OptimizerState(iterations, rate, sorted(arrays, stored.model())));
  }

  /** Reads optimizers that stand one behind the other, each with an iteration of its own. */
  private StoredModel several(StoredModel stored, CompileSettings settings, Place place)
      throws ModelFormatException {
    StoredModel compiled = stored.compiled(settings);
    List<String> datasets = place.datasets();
    List<OptimizerShare> shares =
        optimizer.shares(
            place.order().weights(stored.model()).stream().filter(WeightSpec::trainable).toList());
    SlotArrays slots = new SlotArrays(file, optimizer, within);
    int full = 2 + shares.size() + slots.count(shares);
    if (datasets.size() != full) {
      boolean fresh = datasets.isEmpty() || file.integer(datasets.get(0)) == 0;
      return fresh ? compiled : remarked(compiled, datasets.size(), full);
    }
    long iterations = file.integer(datasets.get(0));
    Map<String, Array> arrays = new LinkedHashMap<>();
    Iterator<String> rest = datasets.subList(2, full).iterator();
    for (OptimizerShare share : shares) {
      // The iteration, which all have in common.
      rest.next();
      arrays.putAll(slots.read(share, rest, iterations));
    }
    return stored.compiled(
        settings, new OptimizerState(iterations, Optional.of(0f), sorted(arrays, stored.model())));
  }

  /** Leaves out slots that an optimizer has not: all that counts is the iteration and the rate. */
  private StoredModel unused(StoredModel stored, CompileSettings settings, List<String> datasets)
      throws ModelFormatException {
    boolean scheduled = optimizer.learningRate().schedule().isPresent();
    int first = datasets.get(1).contains("learning_rate") ? 2 : 1;
    Optional<Float> rate = scheduled ? Optional.empty() : Optional.of(rate(datasets, first));
    long iteration = file.integer(datasets.get(0));
    return stored.compiled(settings, new OptimizerState(iteration, rate, Weights.of(Map.of())));
  }

  private float rate(List<String> datasets, int first) throws ModelFormatException {
    return first == 2
        ? file.floats(datasets.get(1), Shape.scalar()).floats()[0]
        : (float) optimizer.learningRate().initial();
  }

  private Weights sorted(Map<String, Array> arrays, Model model) {
    Map<String, Array> sorted = new LinkedHashMap<>();
    for (Slot slot : optimizer.slots(model.trainableWeights())) {
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

  private StoredModel remarked(StoredModel compiled, int found, int expected) {
    return compiled.remarked(
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
