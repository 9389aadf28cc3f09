package kerava.optimizers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import kerava.Optimizer;
import kerava.config.Codec;
import kerava.config.Source;
import kerava.config.Visible;

/**
 * Which optimizer updates which weights, by regular expressions for their paths.
 *
 * @param byDefault the optimizer of all weights that no expression is for
 * @param entries the expressions and their optimizers, in the order in which they were given
 * @see <a href="https://keras.io/api/optimizers/">Keras: optimizers</a>
 */
record OptimizerMap(Optimizer byDefault, List<Entry> entries) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Codec<Optimizer> OPTIMIZER = Codec.object(Optimizer.class);
  private static final String EXPECTED = "a Keras OptimizerMap";
  private static final String CLASS = "OptimizerMap";
  private static final String DEFAULT = "default_optimizer";
  private static final String MAP = "optimizer_map";

  /** How many expressions there may be, which are compared with each weight. */
  static final int MOST = 100;

  /** How a map stands in a config. */
  static final Codec<OptimizerMap> CODEC =
      Codec.of(EXPECTED, OptimizerMap::write, OptimizerMap::read);

  /**
   * An expression and its optimizer.
   *
   * @param paths is to be all of a weight's path
   * @param optimizer updates such weights
   */
  record Entry(PathPattern paths, Optimizer optimizer) {}

  /** Refuses optimizers that have others within. */
  OptimizerMap {
    entries = List.copyOf(entries);
    if (entries.size() > MOST) {
      throw new IllegalArgumentException(
          "MultiOptimizer: expected at most " + MOST + " paths, got " + entries.size() + ".");
    }
    requireSingle(byDefault);
    entries.forEach(entry -> requireSingle(entry.optimizer()));
  }

  private static void requireSingle(Optimizer optimizer) {
    if (optimizer.lossScaling().isPresent() || !optimizer.hasOneRate()) {
      throw new IllegalArgumentException(
          "MultiOptimizer: expected optimizers without others within, got "
              + optimizer.schema().className()
              + ".");
    }
  }

  /** The optimizers, each once: those of the expressions, then the one of all others. */
  List<Optimizer> optimizers() {
    LinkedHashSet<Optimizer> all = new LinkedHashSet<>();
    entries.forEach(entry -> all.add(entry.optimizer()));
    all.add(byDefault);
    return List.copyOf(all);
  }

  /**
   * The optimizer of a weight.
   *
   * @throws IllegalArgumentException if several expressions are for it
   */
  Optimizer of(String path) {
    List<Entry> named =
        entries.stream().filter(entry -> entry.paths().text().equals(path)).toList();
    List<Entry> found =
        named.isEmpty()
            ? entries.stream().filter(entry -> entry.paths().isAll(path)).toList()
            : named;
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          Visible.of(
              "MultiOptimizer: expected one expression for the weight "
                  + path
                  + ", got "
                  + found.stream().map(Entry::paths).toList()
                  + "."));
    }
    return found.isEmpty() ? byDefault : found.get(0).optimizer();
  }

  private JsonNode write() {
    ObjectNode json = JSON.objectNode();
    json.put("module", "keras.optimizers");
    json.put("class_name", CLASS);
    ObjectNode config = json.putObject("config");
    config.set(DEFAULT, OPTIMIZER.write(byDefault));
    ObjectNode map = config.putObject(MAP);
    entries.forEach(entry -> map.set(entry.paths().text(), OPTIMIZER.write(entry.optimizer())));
    json.putNull("registered_name");
    return json;
  }

  private static OptimizerMap read(Source source) {
    if (!source.node().path("class_name").asText().equals(CLASS)) {
      throw source.refuse(EXPECTED);
    }
    Source config = source.field("config");
    Source map = config.field(MAP);
    if (!map.node().isObject() || map.node().size() > MOST) {
      throw map.refuse("an object of at most " + MOST + " paths");
    }
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : map.node().properties()) {
      Source path = map.field(entry.getKey()).with(JSON.textNode(entry.getKey()));
      entries.add(
          new Entry(PathPattern.CODEC.read(path), OPTIMIZER.read(map.field(entry.getKey()))));
    }
    return new OptimizerMap(OPTIMIZER.read(config.field(DEFAULT)), entries);
  }
}
