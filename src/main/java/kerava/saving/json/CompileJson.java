package kerava.saving.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.CompileSettings;
import kerava.LearningRate;
import kerava.Model;
import kerava.Optimizer;
import kerava.OptimizerState;
import kerava.OutputSettings;
import kerava.StoredModel;
import kerava.config.Codec;
import kerava.config.Source;

/**
 * The compile settings of a model as Keras' JSON, in the forms of Keras 3 and 2, which must be in
 * {@link ConfigMigration plain} form.
 */
public final class CompileJson {
  private static final Codec<Optimizer> OPTIMIZER = Codec.object(Optimizer.class);

  private CompileJson() {}

  /**
   * Writes settings.
   *
   * @param model which is trained with them
   * @param state the optimizer's state, whose learning rate may no longer be that of the settings
   */
  public static ObjectNode write(
      CompileSettings settings, Model model, Optional<OptimizerState> state) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("optimizer", OPTIMIZER.write(current(settings.optimizer(), state)));
    OutputSettingsJson.write(json, settings, model);
    json.put("run_eagerly", false);
    json.put("steps_per_execution", 1);
    json.put("jit_compile", "auto");
    return json;
  }

  private static Optimizer current(Optimizer optimizer, Optional<OptimizerState> state) {
    Optional<Float> rate = state.flatMap(OptimizerState::learningRate);
    return rate.isEmpty() || rate.get() == (float) optimizer.learningRate().initial()
        ? optimizer
        : optimizer.withLearningRate(LearningRate.of(rate.get()));
  }

  /**
   * Settings that were read.
   *
   * @param settings nothing if the file asks for a loss, an optimizer or a way of training that
   *     Kerava does not have
   * @param remarks what was left out, a sentence each
   */
  public record Read(Optional<CompileSettings> settings, List<String> remarks) {
    /** Adds the remarks to a model's. */
    public StoredModel remarkOn(StoredModel stored) {
      return stored.remarked(remarks);
    }
  }

  /**
   * Reads settings. A model predicts without them, so one that asks for more than Kerava has is
   * read without what Kerava lacks, and a remark says so.
   *
   * @param source the settings
   * @param optimizer the optimizer, which Keras 2's files call otherwise
   * @param model which is trained with them
   */
  public static Read read(Source source, Source optimizer, Model model) {
    List<String> remarks = new ArrayList<>();
    List<String> names = model.targetNames();
    try {
      List<OutputSettings> outputs = new OutputSettingsJson(names, remarks).read(source);
      Optimizer read = OptimizerJson.read(optimizer, remarks);
      CompileSettings settings =
          new CompileSettings(read, outputs, names.size() == 1 ? List.of() : names);
      settings.of(model);
      return new Read(Optional.of(settings), List.copyOf(remarks));
    } catch (IllegalArgumentException e) {
      return new Read(
          Optional.empty(),
          List.of("The settings of its training were left out: " + e.getMessage()));
    }
  }
}
