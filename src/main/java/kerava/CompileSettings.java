package kerava;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerava.config.Listed;
import kerava.config.Nearest;
import kerava.config.Visible;

/**
 * What a model is trained with: Keras' arguments of {@code compile}.
 *
 * <pre>{@code
 * CompileSettings.of(Adam.of(), Map.of(
 *     "box", OutputSettings.of(MeanSquaredError.of()).withLossWeight(0.5),
 *     "label", OutputSettings.of(SparseCategoricalCrossentropy.of(), Accuracy.of())));
 * }</pre>
 *
 * @param optimizer how gradients change weights
 * @param outputs what each output is trained with, in the order of the names, or, where there are
 *     none, in that of the model's outputs; a single one is that of every output
 * @param names whose settings these are, of {@link Model#targetNames}; or none
 * @see <a href="https://keras.io/api/models/model_training_apis/#compile-method">Keras: compile</a>
 */
public record CompileSettings(
    Optimizer optimizer, List<OutputSettings> outputs, List<String> names) {
  /**
   * Keeps the settings as they are now.
   *
   * @throws IllegalArgumentException if there are none, or not as many as names
   */
  public CompileSettings {
    outputs = List.copyOf(outputs);
    names = List.copyOf(names);
    if (outputs.isEmpty() || !(names.isEmpty() || names.size() == outputs.size())) {
      throw new IllegalArgumentException(
          "Compile settings: expected those of at least one output, and as many names or none, got %d and %d names."
              .formatted(outputs.size(), names.size()));
    }
  }

  /** Settings without or with metrics for a model of one output. */
  public static CompileSettings of(Optimizer optimizer, Loss loss, Metric... metrics) {
    return of(optimizer, OutputSettings.of(loss, metrics));
  }

  /**
   * Settings in the order of the model's outputs; a single one, which must be without metrics, may
   * be that of several outputs.
   */
  public static CompileSettings of(Optimizer optimizer, OutputSettings... outputs) {
    return new CompileSettings(optimizer, List.of(outputs), List.of());
  }

  /**
   * Settings by output; those that are left out are not trained.
   *
   * @param outputs under {@link Model#targetNames}
   */
  public static CompileSettings of(Optimizer optimizer, Map<String, OutputSettings> outputs) {
    List<String> names = new ArrayList<>(outputs.keySet());
    // A map of Java's that keeps no order gives another one each time.
    Collections.sort(names);
    return new CompileSettings(optimizer, names.stream().map(outputs::get).toList(), names);
  }

  /** The same settings with another optimizer. */
  public CompileSettings withOptimizer(Optimizer other) {
    return new CompileSettings(other, outputs, names);
  }

  /**
   * The same settings with these metrics in which samples count by their weights; none before.
   *
   * @throws IllegalArgumentException if there are settings of several outputs
   */
  public CompileSettings withWeightedMetrics(Metric... weighted) {
    return new CompileSettings(optimizer, List.of(only().withWeightedMetrics(weighted)), names);
  }

  /** Whether there is one output's loss alone. */
  public boolean hasOneLoss() {
    return outputs.size() == 1 && outputs.get(0).loss().isPresent();
  }

  /**
   * The only loss.
   *
   * @throws IllegalArgumentException if there are settings of several outputs, or no loss
   */
  public Loss loss() {
    return only()
        .loss()
        .orElseThrow(
            () -> new IllegalArgumentException("Compile settings: expected a loss, got none."));
  }

  /**
   * The metrics of the only output.
   *
   * @throws IllegalArgumentException if there are settings of several outputs
   */
  public List<Metric> metrics() {
    return only().metrics();
  }

  /**
   * The weighted metrics of the only output.
   *
   * @throws IllegalArgumentException if there are settings of several outputs
   */
  public List<Metric> weightedMetrics() {
    return only().weightedMetrics();
  }

  private OutputSettings only() {
    if (outputs.size() != 1) {
      throw new IllegalArgumentException(
          Visible.of(
              "Compile settings: expected those of one output, got %d%s."
                  .formatted(
                      outputs.size(), names.isEmpty() ? "" : " (" + Listed.of(names) + ")")));
    }
    return outputs.get(0);
  }

  /**
   * What each output of a model is trained with, by name, in the model's order.
   *
   * @throws IllegalArgumentException if a name is none of the model's, if there are more or fewer
   *     settings than outputs, or if nothing is trained
   */
  public Map<String, OutputSettings> of(Model model) {
    List<String> outputNames = model.targetNames();
    List<OutputSettings> each = names.isEmpty() ? inOrder(outputNames.size()) : byName(outputNames);
    if (each.stream().noneMatch(one -> one.loss().isPresent())) {
      throw new IllegalArgumentException(
          "Compile settings: expected a loss of at least one output, got none.");
    }
    Map<String, OutputSettings> all = new LinkedHashMap<>();
    for (int i = 0; i < each.size(); i++) {
      if (all.put(outputNames.get(i), each.get(i)) != null) {
        throw new IllegalArgumentException(
            Visible.of(
                "Compile settings: expected outputs of different names, got \"%s\" twice. Give the model a map of outputs."
                    .formatted(outputNames.get(i))));
      }
    }
    return Collections.unmodifiableMap(all);
  }

  private List<OutputSettings> inOrder(int count) {
    if (outputs.size() == count) {
      return outputs;
    }
    boolean shared = outputs.size() == 1 && outputs.get(0).allMetrics().isEmpty();
    if (!shared) {
      throw new IllegalArgumentException(
          "Compile settings: expected those of %d outputs, got %d. A loss without metrics may be that of all outputs."
              .formatted(count, outputs.size()));
    }
    return Collections.nCopies(count, outputs.get(0));
  }

  private List<OutputSettings> byName(List<String> outputNames) {
    for (String name : names) {
      if (!outputNames.contains(name)) {
        throw new IllegalArgumentException(
            Visible.of(
                "Compile settings: expected "
                    + Nearest.oneOf(name, outputNames)
                    + ", the outputs of the model, got \""
                    + name
                    + "\"."));
      }
    }
    List<OutputSettings> each = new ArrayList<>();
    for (String name : outputNames) {
      int index = names.indexOf(name);
      each.add(index < 0 ? OutputSettings.untrained() : outputs.get(index));
    }
    return each;
  }
}
