package kerava.saving.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import kerava.DTypePolicy;
import kerava.Layer;
import kerava.Model;
import kerava.ModelLayer;
import kerava.NamedLayer;
import kerava.Structure;
import kerava.config.CallArguments;
import kerava.config.Schema;
import kerava.graph.TensorSpec;
import kerava.layers.Normalization;
import kerava.layers.operations.Operation;
import org.tensorflow.ndarray.Shape;

/**
 * Writes models as Keras' JSON, with only those keys that every Keras since 3.5 takes: Keras
 * refuses keys that it does not know, and does without all that have a default.
 */
public final class ModelWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Set<DTypePolicy> PLAIN = Set.of(DTypePolicy.FLOAT32);

  private ModelWriter() {}

  /** Writes a model, without its weights. */
  public static ObjectNode write(Model model) {
    return write(model, true);
  }

  private static ObjectNode write(Model model, boolean trainable) {
    ObjectNode config = JSON.objectNode();
    config.put("name", model.name());
    config.put("trainable", trainable);
    boolean functional = model.kind() == Model.Kind.FUNCTIONAL;
    ArrayNode layers = config.putArray("layers");
    for (NamedLayer named : model.layersWithInputs()) {
      layers.add(functional ? called(model, named) : layer(model, named));
    }
    if (functional) {
      config.set("input_layers", ends(model, model.inputs(), model.inputStructure()));
      config.set("output_layers", ends(model, model.outputs(), model.outputStructure()));
    } else {
      config.set("build_input_shape", shape(model.inputShape()));
    }
    ObjectNode json = JSON.objectNode();
    json.put("module", functional ? "keras.src.models.functional" : "keras");
    json.put("class_name", model.kind().className());
    json.set("config", config);
    json.put("registered_name", functional ? "Functional" : null);
    return json;
  }

  private static ObjectNode layer(Model model, NamedLayer named) {
    Layer layer = named.layer();
    if (layer instanceof ModelLayer inner) {
      return write(inner.model().named(named.name()), layer.trainable());
    }
    if (layer instanceof Operation operation) {
      return operation(operation, named.name());
    }
    Schema<? extends Layer> schema = layer.schema();
    ObjectNode json = JSON.objectNode();
    json.put("module", schema.module());
    json.put("class_name", schema.className());
    ObjectNode config = schema.write(layer.named(named.name()).config());
    // Where policies differ each layer says its own, whatever is the default in the reading
    // process.
    boolean says = schema.keys().contains(Layer.DTYPE);
    if (says && !model.policies().equals(PLAIN)) {
      config.set(Layer.DTYPE.name(), layer.policy().toJson());
    }
    if (layer instanceof Normalization) {
      AdaptedNormalization.nest(config, named.outputShape());
    }
    InnerModels.write(layer, config, inner -> write(inner.model(), inner.trainable()));
    json.set("config", config);
    json.put("registered_name", registeredName(schema));
    return json;
  }

  private static ObjectNode operation(Operation operation, String name) {
    ObjectNode json = JSON.objectNode();
    json.put("module", operation.schema().module());
    json.put("class_name", operation.schema().className());
    json.set("config", JSON.objectNode().put("name", name).setAll(operation.made()));
    json.put("registered_name", operation.schema().className());
    return json;
  }

  // Keras finds its own classes by module and name, all others by the package of their registry; of
  // its own it names those that it keeps to itself.
  private static @org.jspecify.annotations.Nullable String registeredName(Schema<?> schema) {
    if (schema.module().startsWith("keras.src.")) {
      return schema.className();
    }
    boolean keras = schema.module().equals("keras") || schema.module().startsWith("keras.");
    return keras ? null : schema.module() + ">" + schema.className();
  }

  private static ObjectNode called(Model model, NamedLayer named) {
    ObjectNode json = layer(model, named);
    json.put("name", named.name());
    ArrayNode calls = json.putArray("inbound_nodes");
    if (!named.isInput()) {
      named
          .calls()
          .forEach(call -> calls.add(call(named.layer(), call.arguments(), tensors(model, call))));
    }
    return json;
  }

  private static List<ObjectNode> tensors(Model model, NamedLayer.Call call) {
    return call.inputs().stream().map(origin -> tensor(model, origin)).toList();
  }

  private static JsonNode call(Layer layer, CallArguments arguments, List<ObjectNode> tensors) {
    if (layer instanceof Operation operation) {
      return operation.called(tensors);
    }
    ObjectNode json = JSON.objectNode();
    ArrayNode args = json.putArray("args");
    ObjectNode kwargs = json.putObject("kwargs");
    boolean inOrder = true;
    for (String name : layer.arguments()) {
      JsonNode value = CallArguments.filled(arguments.get(name), tensors::get);
      // Keras takes by position nothing but tensors; before a mask some layers have "training".
      inOrder &= !arguments.tensors(name).isEmpty() && !name.equals("mask");
      if (inOrder) {
        args.add(value);
      } else if (!value.isNull()) {
        kwargs.set(name, value);
      }
    }
    return json;
  }

  private static ObjectNode tensor(Model model, NamedLayer.Origin origin) {
    ObjectNode config = JSON.objectNode();
    NamedLayer named = model.layer(origin.layer());
    TensorSpec spec = named.calls().get(origin.call()).outputSpecs().get(origin.output());
    config.set("shape", shape(spec.shape()));
    config.put("dtype", spec.type().toString());
    config.set("keras_history", triple(origin, 0));
    ObjectNode json = JSON.objectNode();
    json.put("class_name", "__keras_tensor__");
    json.set("config", config);
    return json;
  }

  // Keras takes a single one without a list since 3.5, and makes a list of outputs out of a list.
  private static JsonNode ends(Model model, List<NamedLayer.Origin> origins, Structure structure) {
    Iterator<NamedLayer.Origin> next = origins.iterator();
    return arranged(structure, () -> end(model, next.next()));
  }

  private static JsonNode arranged(Structure structure, Supplier<JsonNode> next) {
    if (structure instanceof Structure.Items list) {
      ArrayNode items = JSON.arrayNode();
      list.items().forEach(item -> items.add(arranged(item, next)));
      return items;
    }
    if (structure instanceof Structure.Keyed keyed) {
      ObjectNode items = JSON.objectNode();
      keyed.items().forEach((key, item) -> items.set(key, arranged(item, next)));
      return items;
    }
    return next.get();
  }

  private static ArrayNode end(Model model, NamedLayer.Origin origin) {
    // Keras counts a first call that a functional model has by itself, here and only here.
    boolean counted =
        model.layer(origin.layer()).layer() instanceof ModelLayer inner
            && inner.model().kind() == Model.Kind.FUNCTIONAL;
    return triple(origin, counted ? 1 : 0);
  }

  private static ArrayNode triple(NamedLayer.Origin origin, int more) {
    return JSON.arrayNode().add(origin.layer()).add(origin.call() + more).add(origin.output());
  }

  /** A shape with null where a dimension is not known. */
  static ArrayNode shape(Shape shape) {
    ArrayNode json = JSON.arrayNode();
    for (long size : shape.asArray()) {
      if (size == Shape.UNKNOWN_SIZE) {
        json.addNull();
      } else {
        json.add(size);
      }
    }
    return json;
  }
}
