package kerava.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The arguments of one call of a layer, by their names in Keras: tensors, alone or in lists, and
 * constants such as {@code use_causal_mask=True}.
 *
 * @param values by name; in them {@code {"tensor": 0}} stands for the first tensor of the call
 */
public record CallArguments(Map<String, JsonNode> values) {
  /** The name of the first argument of most layers. */
  public static final String INPUTS = "inputs";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String TENSOR = "tensor";

  /** Keeps the arguments as they are now. */
  public CallArguments {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** No argument. */
  public static CallArguments none() {
    return new CallArguments(Map.of());
  }

  /** One argument that is a tensor, or a list of them where there is not exactly one. */
  public static CallArguments of(String name, int tensors) {
    return new CallArguments(Map.of(name, tensors == 1 ? tensor(0) : list(0, tensors)));
  }

  /** One argument that is a list of tensors, even of one. */
  public static CallArguments listed(String name, int tensors) {
    return new CallArguments(Map.of(name, list(0, tensors)));
  }

  /** Arguments that are a tensor each, in the order of the tensors. */
  public static CallArguments each(List<String> names) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    names.forEach(name -> values.put(name, tensor(values.size())));
    return new CallArguments(values);
  }

  /** A list of so many tensors, from one on. */
  public static ArrayNode list(int from, int count) {
    ArrayNode items = JSON.arrayNode();
    IntStream.range(from, from + count).forEach(i -> items.add(tensor(i)));
    return items;
  }

  /** What stands in the place of a tensor. */
  public static ObjectNode tensor(int index) {
    return JSON.objectNode().put(TENSOR, index);
  }

  /** Which tensor a node stands for, if it stands for one. */
  public static OptionalInt tensor(JsonNode node) {
    return node.path(TENSOR).isInt()
        ? OptionalInt.of(node.path(TENSOR).intValue())
        : OptionalInt.empty();
  }

  /** The same arguments and one that is true or false. */
  public CallArguments with(String name, boolean value) {
    return with(name, JSON.booleanNode(value));
  }

  /** The same arguments and one more, or another in its place. */
  public CallArguments with(String name, JsonNode value) {
    Map<String, JsonNode> all = new LinkedHashMap<>(values);
    all.put(name, value);
    return new CallArguments(all);
  }

  /** An argument; JSON's null where it is left out. */
  public JsonNode get(String name) {
    return values.getOrDefault(name, NullNode.getInstance());
  }

  /** An argument that is true or false. */
  public boolean flag(String name, boolean otherwise) {
    return get(name).asBoolean(otherwise);
  }

  /** The tensors of an argument, in their order; none where it is left out. */
  public List<Integer> tensors(String name) {
    return tensors(List.of(get(name)));
  }

  /** The tensors of the first argument that has some: what a layer is called on. */
  public List<Integer> first() {
    return withTensors().stream().findFirst().map(this::tensors).orElse(List.of());
  }

  /** The tensors of all arguments, in their order. */
  public List<Integer> tensors() {
    return tensors(List.copyOf(values.values()));
  }

  /** The names of the arguments that hold tensors. */
  public List<String> withTensors() {
    return values.keySet().stream().filter(name -> !tensors(name).isEmpty()).toList();
  }

  private static List<Integer> tensors(List<JsonNode> nodes) {
    List<Integer> found = new ArrayList<>();
    for (JsonNode node : nodes) {
      if (tensor(node).isPresent()) {
        found.add(tensor(node).getAsInt());
      } else {
        found.addAll(tensors(node.valueStream().toList()));
      }
    }
    return found;
  }

  /** A node with something else in the places of the tensors. */
  public static JsonNode filled(JsonNode node, IntFunction<? extends JsonNode> tensors) {
    if (tensor(node).isPresent()) {
      return tensors.apply(tensor(node).getAsInt());
    }
    if (node.isArray()) {
      ArrayNode items = JSON.arrayNode();
      node.forEach(item -> items.add(filled(item, tensors)));
      return items;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode members = JSON.objectNode();
    node.properties().forEach(m -> members.set(m.getKey(), filled(m.getValue(), tensors)));
    return members;
  }
}
