package kerava.saving.keras2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import kerava.InnerLayer;
import kerava.Inputs;
import kerava.Layer;
import kerava.Model;
import kerava.ModelCard;
import kerava.ModelLayer;
import kerava.NamedLayer;
import kerava.StoredModel;
import kerava.WeightSpec;
import kerava.config.Catalog;
import kerava.config.Source;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.graph.Weights;
import kerava.saving.format.FileNames;
import kerava.saving.json.AdaptedNormalization;
import kerava.saving.json.CompileJson;
import kerava.saving.json.ConfigMigration;
import kerava.saving.json.Keras2Differences;
import kerava.saving.json.ModelReader;
import kerava.saving.savedmodel.Checkpoint;
import kerava.saving.savedmodel.SavedModelFolder;
import org.tensorflow.types.TFloat32;

/**
 * The folders that {@code model.save(folder)} of Keras 2 wrote: SavedModels that hold the layers,
 * the compile settings and the state of the optimizer, too.
 */
public final class Keras2Folder {
  private static final int ROOT = 0;

  private final Catalog catalog;
  private final KerasMetadata metadata;
  private final Checkpoint checkpoint;

  /** For each weight the number of its object. */
  private final Map<String, Integer> variables = new LinkedHashMap<>();

  private Keras2Folder(Catalog catalog, KerasMetadata metadata, Checkpoint checkpoint) {
    this.catalog = catalog;
    this.metadata = metadata;
    this.checkpoint = checkpoint;
  }

  /** Whether a SavedModel is one of them. */
  public static boolean isOne(SavedModelFolder files) {
    return Files.isRegularFile(files.folder().resolve(FileNames.KERAS_METADATA));
  }

  /**
   * Reads a model with its compile settings and the state of its optimizer.
   *
   * @param catalog the classes that it may name
   * @throws ModelFormatException if it is damaged, or asks for what Kerava does not have
   * @throws IOException if it cannot be read
   */
  public static StoredModel read(SavedModelFolder files, Catalog catalog) throws IOException {
    KerasMetadata metadata = KerasMetadata.read(files.folder());
    try {
      return new Keras2Folder(catalog, metadata, Checkpoint.open(files)).read();
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(metadata.file(), String.valueOf(e.getMessage()), e);
    }
  }

  private StoredModel read() throws ModelFormatException {
    JsonNode root = metadata.root();
    ObjectNode described = JsonNodeFactory.instance.objectNode();
    described.set("class_name", root.path("class_name"));
    described.set("config", root.path("config"));
    Source source = plain(described);
    AdaptedNormalization.fill(source.node(), (place, path, name) -> adapted(path, name));
    ModelReader.Read read = ModelReader.read(source);
    String version = root.path("keras_version").asText("2.");
    StoredModel stored =
        StoredModel.of(read.model(), weights(read.model()))
            .remarked(Keras2Differences.remarks(source.node(), Optional.of(version)));
    ModelCard card = ModelCard.blank().written(Optional.of("Keras " + version), Optional.empty());
    JsonNode compiled = root.path("training_config");
    if (!compiled.isObject()) {
      return stored.about(card);
    }
    Source training = plain(compiled);
    CompileJson.Read settings =
        CompileJson.read(training, training.field("optimizer_config"), read.model());
    StoredModel remarked = settings.remarkOn(stored);
    if (settings.settings().isEmpty()) {
      return remarked.about(card);
    }
    return new Keras2Optimizer(checkpoint, settings.settings().get(), read.order())
        .addTo(remarked, variables)
        .about(card);
  }

  /** The numbers of a normalization layer. */
  private Optional<Array> adapted(List<String> path, String name) throws ModelFormatException {
    OptionalInt object = OptionalInt.of(ROOT);
    for (String layer : path) {
      object = layer(object.getAsInt(), layer);
      if (object.isEmpty()) {
        return Optional.empty();
      }
    }
    OptionalInt variable = checkpoint.child(object.getAsInt(), name);
    if (variable.isEmpty()) {
      return Optional.empty();
    }
    String key = key(variable.getAsInt(), String.join("/", path) + "/" + name);
    return Optional.ofNullable(checkpoint.values(List.of(key), TFloat32.class).get(key));
  }

  private OptionalInt layer(int owner, String name) throws ModelFormatException {
    return checkpoint.child(
        owner,
        reference ->
            reference.getLocalName().startsWith("layer")
                && metadata.name(reference.getNodeId()).equals(name));
  }

  private Source plain(JsonNode json) {
    String path = "$";
    return new Source(new ConfigMigration(catalog).plain(json, path), path, catalog);
  }

  private Weights weights(Model model) throws ModelFormatException {
    find(model, ROOT, "");
    Map<String, String> places = new LinkedHashMap<>();
    for (WeightSpec spec : model.weights()) {
      int object = variables.getOrDefault(spec.name(), -1);
      places.put(spec.name(), key(object, spec.name()));
    }
    Map<String, Array> values = checkpoint.values(List.copyOf(places.values()), TFloat32.class);
    Map<String, Array> arrays = new LinkedHashMap<>();
    places.forEach(
        (name, key) ->
            Optional.ofNullable(values.get(key)).ifPresent(array -> arrays.put(name, array)));
    return Weights.of(arrays);
  }

  private String key(int object, String weight) throws ModelFormatException {
    Optional<String> key = checkpoint.key(object);
    if (key.isEmpty()) {
      throw checkpoint.refuse("a value of " + weight, "none");
    }
    return key.get();
  }

  /** Walks through the objects as the model's layers stand within each other. */
  private void find(Model model, int owner, String path) throws ModelFormatException {
    for (NamedLayer named : model.layers()) {
      if (named.weights().isEmpty()) {
        continue;
      }
      OptionalInt object = layer(owner, named.name());
      if (object.isEmpty()) {
        throw checkpoint.refuse("the layer \"" + path + named.name() + "\"", "none of that name");
      }
      if (named.layer() instanceof ModelLayer inner) {
        find(inner.model(), object.getAsInt(), path + named.name() + "/");
      } else {
        find(named.layer(), named.inputs(), object.getAsInt(), path + named.name() + "/");
      }
    }
  }

  /** Finds the weights of a layer, and of those within it by what Python calls these. */
  private void find(Layer layer, Inputs inputs, int object, String path)
      throws ModelFormatException {
    if (layer instanceof ModelLayer model) {
      find(model.model(), object, path);
      return;
    }
    Set<String> theirs = new HashSet<>();
    List<InnerLayer> inner = layer.inner(inputs);
    for (int i = 0; i < inner.size(); i++) {
      InnerLayer each = inner.get(i);
      each.weights().forEach(spec -> theirs.add(spec.name()));
      if (!each.weights().isEmpty()) {
        int own = inner(object, each.attribute(), i, path + each.name());
        find(each.layer(), each.inputs(), own, path + each.name() + "/");
      }
    }
    for (WeightSpec spec : layer.weights(inputs)) {
      if (!theirs.contains(spec.name())) {
        variables.put(path + spec.name(), variable(object, path + spec.name()));
      }
    }
  }

  /** A layer within another; one of a list is found by its place. */
  private int inner(int owner, String attribute, int place, String name)
      throws ModelFormatException {
    int list = attribute.indexOf('/');
    OptionalInt found =
        checkpoint.child(owner, list < 0 ? attribute : attribute.substring(0, list));
    if (list >= 0 && found.isPresent()) {
      found = checkpoint.child(found.getAsInt(), String.valueOf(place));
    }
    if (found.isEmpty()) {
      throw checkpoint.refuse("the layer \"" + name + "\"", "none of that name");
    }
    return found.getAsInt();
  }

  private int variable(int layer, String weight) throws ModelFormatException {
    String name = weight.substring(weight.lastIndexOf('/') + 1);
    OptionalInt found = checkpoint.child(layer, name);
    if (found.isEmpty()) {
      // What Keras 2 calls the kernel of a DepthwiseConv2D.
      found = checkpoint.child(layer, "depthwise_" + name);
    }
    if (found.isEmpty()) {
      throw checkpoint.refuse("the weight \"" + weight + "\"", "none of that name");
    }
    return found.getAsInt();
  }
}
