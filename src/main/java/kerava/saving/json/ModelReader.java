package kerava.saving.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kerava.Input;
import kerava.Layer;
import kerava.Model;
import kerava.ModelLayer;
import kerava.Sequential;
import kerava.config.ConfigException;
import kerava.config.Source;
import kerava.files.Limits;

/**
 * Makes models from Keras' JSON, of Keras 3 or Keras 2, which must be in {@link ConfigMigration
 * plain} form.
 */
public final class ModelReader {
  private static final Set<String> SEQUENTIAL = Set.of("Sequential");
  private static final Set<String> FUNCTIONAL = Set.of("Functional", "Model");
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "trainable",
          "dtype",
          "layers",
          "build_input_shape",
          "input_layers",
          "output_layers");

  /**
   * A model, and the order in which the file has its layers.
   *
   * @param model the model
   * @param order the order
   */
  public record Read(Model model, LayerOrder order) {}

  private int layers;

  /**
   * A layer that was read.
   *
   * @param nested the order within it, if it is a model
   * @param activation the layer that the file has in the place of its activation function
   */
  record ReadLayer(
      String name, Layer layer, Map<String, LayerOrder> nested, Optional<Layer> activation) {
    static ReadLayer of(String name, Layer layer) {
      return new ReadLayer(name, layer, Map.of(), Optional.empty());
    }

    /** The layer, then its activation if that is one. */
    Stream<Layer> layers() {
      return Stream.concat(Stream.of(layer), activation.stream());
    }
  }

  /**
   * Reads a model, without its weights.
   *
   * @throws ConfigException if it is no model, or one that Kerava does not have
   */
  public static Read read(Source root) {
    return new ModelReader().model(root);
  }

  private Read model(Source source) {
    String className = source.node().path("class_name").asText();
    if (!isModel(source)) {
      throw source.field("class_name").refuse("one of Sequential, Functional");
    }
    Source config = source.field("config");
    if (!config.node().isObject()) {
      throw config.refuse("the config of a " + className);
    }
    refuseUnknownKeys(config, className);
    List<ReadLayer> layers = layers(config.field("layers"));
    Model model =
        SEQUENTIAL.contains(className)
            ? sequential(config, layers)
            : new FunctionalReader(config, layers).read();
    Model named = model.named(config.node().path("name").asText(model.name()));
    boolean frozen =
        config.node().path("trainable").isBoolean() && !config.node().path("trainable").asBoolean();
    return new Read(frozen ? named.frozen(name -> true) : named, order(named, layers));
  }

  static boolean isModel(Source source) {
    String className = source.node().path("class_name").asText();
    return SEQUENTIAL.contains(className) || FUNCTIONAL.contains(className);
  }

  private static void refuseUnknownKeys(Source config, String className) {
    config
        .node()
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw new ConfigException(
                    config.path() + "." + key, "one of the keys of " + className, "another");
              }
            });
  }

  private List<ReadLayer> layers(Source list) {
    if (!list.node().isArray()) {
      throw list.refuse("a list of layers");
    }
    int most = Limits.current().layers();
    List<ReadLayer> read = new ArrayList<>();
    for (int i = 0; i < list.node().size(); i++) {
      if (++layers > most) {
        throw new ConfigException(list.path(), "at most " + most + " layers in all", "more");
      }
      read.add(layer(list.item(i)));
    }
    return read;
  }

  private ReadLayer layer(Source source) {
    if (isModel(source)) {
      Read inner = model(source);
      ModelLayer layer = ModelLayer.of(inner.model());
      boolean frozen = source.node().path("config").path("trainable").asText().equals("false");
      String name = inner.model().name();
      return new ReadLayer(
          name, frozen ? layer.frozen() : layer, Map.of(name, inner.order()), Optional.empty());
    }
    if (OperationReader.isOne(source.node())) {
      return OperationReader.read(source);
    }
    return ActivationLayer.isOne(source)
        ? ActivationLayer.read(source, this::plain)
        : plain(source);
  }

  private ReadLayer plain(Source source) {
    Layer layer = InnerModels.read(source, this::model);
    String name =
        layer.name().orElseGet(() -> source.node().path("name").asText(layer.schema().className()));
    return ReadLayer.of(name, layer.name().isPresent() ? layer : layer.named(name));
  }

  private static Model sequential(Source config, List<ReadLayer> layers) {
    if (layers.isEmpty()) {
      throw config.field("layers").refuse("at least one layer");
    }
    boolean first = layers.get(0).layer() instanceof Input;
    Layer input = first ? layers.get(0).layer() : input(config);
    List<ReadLayer> rest = first ? layers.subList(1, layers.size()) : layers;
    return refusing(
        config,
        () -> Sequential.of(input.apply(), rest.stream().flatMap(ReadLayer::layers).toList()));
  }

  /** The input of a model that names only its shape. */
  private static Layer input(Source config) {
    Source shape = config.field("build_input_shape");
    if (!shape.node().isArray()) {
      throw shape.refuse("an input layer or the shape of the input");
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("batch_shape", shape.node());
    return Input.SCHEMA.read(shape.with(json));
  }

  private static LayerOrder order(Model model, List<ReadLayer> layers) {
    Map<String, LayerOrder> nested = new HashMap<>();
    Map<String, String> activations = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (ReadLayer layer : layers) {
      nested.putAll(layer.nested());
      layer
          .activation()
          .flatMap(Layer::name)
          .ifPresent(activation -> activations.put(layer.name(), activation));
      if (model.kind() == Model.Kind.FUNCTIONAL || !(layer.layer() instanceof Input)) {
        names.add(layer.name());
      }
    }
    return new LayerOrder(List.copyOf(names), Map.copyOf(nested), Map.copyOf(activations));
  }

  /** Turns what a layer says about shapes into a refusal of this place in the file. */
  static <T> T refusing(Source source, java.util.function.Supplier<T> action) {
    try {
      return action.get();
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
      throw new ConfigException(
          source.path(), "layers that fit each other", "layers that do not: " + clause(e));
    }
  }

  private static String clause(RuntimeException refusal) {
    return String.valueOf(refusal.getMessage()).replaceAll("[.?]$", "");
  }
}
