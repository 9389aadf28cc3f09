package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import kerava.Optimizer;
import kerava.config.Codec;
import kerava.config.Source;

/** Reads optimizers of all versions of Keras. Until 2.2 the learning rate was called "lr". */
public final class OptimizerJson {
  private static final Codec<Optimizer> OPTIMIZER = Codec.object(Optimizer.class);
  private static final String RATE = "learning_rate";
  private static final String DECAY = "decay";

  private OptimizerJson() {}

  /**
   * Reads an optimizer.
   *
   * @param remarks gets a sentence for what was left out
   */
  public static Optimizer read(Source source, List<String> remarks) {
    if (source.node().path("config") instanceof ObjectNode config) {
      ObjectNode optimizer = source.node().deepCopy();
      String name = optimizer.path("class_name").asText();
      optimizer.set("config", today(config.deepCopy(), name, remarks));
      return OPTIMIZER.read(source.with(optimizer));
    }
    return OPTIMIZER.read(source);
  }

  private static ObjectNode today(ObjectNode config, String name, List<String> remarks) {
    boolean old = config.has(DECAY) || config.has("lr");
    if (config.has("lr") && !config.has(RATE)) {
      config.set(RATE, config.remove("lr"));
    }
    // Until 2.2 nothing stood for Keras' own small number, which is the default.
    if (config.path("epsilon").isNull()) {
      config.remove("epsilon");
    }
    if (name.equals("Nadam")) {
      JsonNode momentum = config.remove(config.has("schedule_decay") ? "schedule_decay" : DECAY);
      if (momentum != null) {
        remarks.add(
            "Of its optimizer the decay of Nadam's momentum, "
                + momentum
                + ", was left out: Keras 3 has another that is fixed.");
      }
    }
    if (old && name.equals("RMSprop") && config.path("momentum").asDouble() == 0) {
      remarks.add(
          "Its optimizer goes on as RMSprop of Keras 3: epsilon is added below the root, where old"
              + " optimizers of Keras 2 added it to the root.");
    }
    if (config.has(DECAY)) {
      decay(config, config.remove(DECAY), remarks);
    }
    return config;
  }

  /** The rate that Keras 2 divided by 1 + decay · iterations. */
  private static void decay(ObjectNode config, JsonNode decay, List<String> remarks) {
    JsonNode rate = config.path(RATE);
    if (decay.isNull() || (decay.isNumber() && decay.doubleValue() == 0)) {
      return;
    }
    if (rate.isNumber() && decay.isNumber()) {
      ObjectNode schedule = JsonNodeFactory.instance.objectNode();
      schedule.put("class_name", "InverseTimeDecay");
      schedule
          .putObject("config")
          .put("initial_learning_rate", rate.doubleValue())
          .put("decay_steps", 1)
          .put("decay_rate", decay.doubleValue());
      config.set(RATE, schedule);
    } else {
      remarks.add(
          "Of its optimizer the decay, "
              + decay
              + ", was left out: it comes on top of a schedule, which Keras 3 does not do.");
    }
  }
}
