package kerava.saving.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerava.CompileSettings;
import kerava.Optimizer;
import kerava.Slot;
import kerava.StoredModel;
import kerava.WeightSpec;
import kerava.files.ModelFormatException;
import kerava.saving.hdf5.Hdf5File;
import kerava.saving.json.LayerOrder;

/** The state of an optimizer in Keras' old format, by three generations of optimizers. */
public final class LegacyOptimizer {
  private static final String GROUP = "optimizer_weights";

  /**
   * What the first variable is called by Keras 2.0: it sorted slots by the names of their weights,
   * and wrote neither.
   */
  private static final String FIRST_KERAS_2 = "(iterations|Variable)(_\\d+)?:\\d+";

  /** What the optimizers of Keras 2.10 and before call the slots. */
  private static final Map<String, String> OLD_NAMES =
      Map.of(
          "momentum", "m",
          "velocity", "v",
          "velocity_hat", "vhat",
          "average_gradient", "mg",
          "norm", "v",
          "accumulated_grad", "accum_grad",
          "accumulated_delta_var", "accum_var");

  private final Hdf5File file;
  private final CompileSettings settings;
  private final LayerOrder order;

  /**
   * A reader.
   *
   * @param order the layers, in the order of the file
   */
  public LegacyOptimizer(Hdf5File file, CompileSettings settings, LayerOrder order) {
    this.file = file;
    this.settings = settings;
    this.order = order;
  }

  /** Adds the settings, and the state that the file holds, to a model. */
  public StoredModel addTo(StoredModel stored) throws ModelFormatException {
    List<String> names = file.texts(GROUP, "weight_names");
    boolean old = !names.isEmpty() && names.get(0).endsWith("/iter:0");
    List<WeightSpec> trained =
        order.weights(stored.model()).stream().filter(WeightSpec::trainable).toList();
    if (!names.isEmpty() && nameless(names.get(0), trained)) {
      return stored
          .compiled(settings)
          .remarked(
              List.of(
                  "The state of the optimizer was left out: Keras 2.2 and before do not name its"
                      + " parts."));
    }
    List<String> sorted = old ? sorted(names, trained) : names;
    List<String> datasets = sorted.stream().map(name -> GROUP + "/" + name).toList();
    return new OptimizerVariables(file, settings.optimizer())
        .addTo(stored, settings, new OptimizerVariables.Place(datasets, order));
  }

  /** Whether a file's first variable is of a Keras that did not name an optimizer's parts. */
  private boolean nameless(String first, List<WeightSpec> trained) {
    return first.matches(FIRST_KERAS_2) || (first.endsWith("/iterations:0") && several(trained));
  }

  /** Whether the optimizer remembers more than one thing of a weight. */
  private boolean several(List<WeightSpec> trained) {
    return settings.optimizer().updating().slots(trained).size() > trained.size();
  }

  /** The names in the order of Keras 3: the old optimizers wrote one kind of slot after another. */
  private List<String> sorted(List<String> names, List<WeightSpec> trained) {
    Optimizer optimizer = settings.optimizer().updating();
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    for (String name : names.subList(1, names.size())) {
      String kind = name.substring(name.lastIndexOf('/') + 1).replaceFirst("(_\\d+)?:\\d+$", "");
      kinds.computeIfAbsent(kind, key -> new ArrayList<>()).add(name);
    }
    List<String> weights = trained.stream().map(WeightSpec::name).toList();
    List<String> sorted = new ArrayList<>(names.subList(0, 1));
    for (Slot slot : optimizer.slots(trained)) {
      slot.weight()
          .flatMap(weight -> slotNames(kinds, slot))
          .filter(all -> all.size() == weights.size())
          .ifPresent(all -> sorted.add(all.get(weights.indexOf(slot.weight().orElseThrow()))));
    }
    return sorted;
  }

  private static Optional<List<String>> slotNames(Map<String, List<String>> kinds, Slot slot) {
    return names(slot).stream().filter(kinds::containsKey).map(kinds::get).findFirst();
  }

  /** What a slot is called: today, by RMSprop of Keras 2, and by all others of Keras 2. */
  public static List<String> names(Slot slot) {
    String rms = slot.name().equals("velocity") ? "rms" : slot.name();
    return List.of(slot.name(), rms, OLD_NAMES.getOrDefault(slot.name(), slot.name()));
  }
}
