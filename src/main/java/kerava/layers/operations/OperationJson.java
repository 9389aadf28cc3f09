package kerava.layers.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import kerava.config.CallArguments;
import kerava.config.Listed;
import kerava.config.Visible;

/**
 * The arguments of an operation as Keras writes them: those of its class, and those of a call, in
 * which {@code {"tensor": 0}} stands for its first tensor.
 *
 * @param definition the operation
 * @param tree {@code {"config": {}, "args": [], "kwargs": {}}}
 */
record OperationJson(Definition definition, JsonNode tree) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** How much of what stands in a file is repeated in a refusal. */
  static final int QUOTED = 60;

  /** Checks that the operation has all arguments. */
  OperationJson {
    for (Map.Entry<String, JsonNode> entry : tree.path("config").properties()) {
      requireKnown(definition, entry, definition.made().contains(entry.getKey()));
    }
    for (Map.Entry<String, JsonNode> entry : tree.path("kwargs").properties()) {
      requireKnown(definition, entry, definition.called().contains(entry.getKey()));
    }
    if (!takesAny(definition) && tree.path("args").size() > definition.called().size()) {
      throw new IllegalArgumentException(
          Visible.of(
              definition.name()
                  + ": expected at most "
                  + definition.called().size()
                  + " arguments, got "
                  + tree.path("args").size()
                  + "."));
    }
  }

  private static void requireKnown(
      Definition definition, Map.Entry<String, JsonNode> entry, boolean known) {
    if (!known && !entry.getValue().isNull()) {
      throw new IllegalArgumentException(
          Visible.of(
              definition.name()
                  + ": expected one of the arguments "
                  + definition.made()
                  + " and "
                  + definition.called()
                  + ", got \""
                  + entry.getKey()
                  + "\"."));
    }
  }

  /** Whether it takes any number of tensors, where others have an argument. */
  private static boolean takesAny(Definition definition) {
    return definition.called().get(0).endsWith(Definition.ANY);
  }

  String name() {
    return definition.name();
  }

  /** An argument; JSON's null where it is left out. */
  JsonNode argument(String name) {
    if (definition.called().contains(name + Definition.ANY)) {
      return tree.path("args");
    }
    JsonNode made = tree.path("config").path(name);
    int place = definition.called().indexOf(name);
    JsonNode called =
        tree.path("args").has(place)
            ? tree.path("args").get(place)
            : tree.path("kwargs").path(name);
    JsonNode found = called.isMissingNode() ? made : called;
    return found.isMissingNode() ? NullNode.getInstance() : found;
  }

  /** The arguments of a call with something else in the places of the tensors. */
  JsonNode called(List<? extends JsonNode> tensors) {
    ObjectNode called = JSON.objectNode();
    called.set("args", CallArguments.filled(tree.path("args"), tensors::get));
    called.set("kwargs", CallArguments.filled(tree.path("kwargs"), tensors::get));
    return called;
  }

  IllegalArgumentException refuse(String argument, String expected) {
    return new IllegalArgumentException(
        Visible.of(
            name()
                + " "
                + argument
                + ": expected "
                + expected
                + ", got "
                + Listed.cut(argument(argument).toString(), QUOTED)
                + "."));
  }
}
