package kerava.saving.savedmodel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.Struct.StructuredValue;

/**
 * In which order a model takes its inputs: a signature knows their names alone, but the functions
 * beside it, which Python calls, have an order.
 */
final class InputOrder {
  private InputOrder() {}

  /**
   * The order in which the functions of a model take inputs of some names; empty if none takes
   * these, or they differ.
   */
  static Optional<List<String>> of(SavedObjectGraph objects, Set<String> names) {
    if (names.size() < 2) {
      return Optional.of(List.copyOf(names));
    }
    Set<List<String>> orders = new HashSet<>();
    for (SavedConcreteFunction function : functions(objects)) {
      List<String> order = new ArrayList<>();
      flatten(function.getCanonicalizedInputSignature(), order);
      if (order.size() == names.size() && names.equals(Set.copyOf(order))) {
        orders.add(order);
      }
    }
    return orders.size() == 1 ? Optional.of(orders.iterator().next()) : Optional.empty();
  }

  /** What the model itself can be called by; signatures take keywords, which have no order. */
  private static List<SavedConcreteFunction> functions(SavedObjectGraph objects) {
    Map<String, SavedConcreteFunction> all = objects.getConcreteFunctionsMap();
    return objects.getNodesList().stream()
        .limit(1)
        .flatMap(root -> root.getChildrenList().stream())
        .filter(child -> child.getNodeId() > 0 && child.getNodeId() < objects.getNodesCount())
        .map(child -> objects.getNodes(child.getNodeId()))
        .filter(SavedObject::hasFunction)
        .flatMap(node -> node.getFunction().getConcreteFunctionsList().stream())
        .filter(all::containsKey)
        .map(all::get)
        .toList();
  }

  /** The names of the tensors within a value, in Python's order: dicts by their sorted keys. */
  private static void flatten(StructuredValue value, List<String> names) {
    switch (value.getKindCase()) {
      case TENSOR_SPEC_VALUE -> names.add(value.getTensorSpecValue().getName());
      case TUPLE_VALUE -> value.getTupleValue().getValuesList().forEach(v -> flatten(v, names));
      case LIST_VALUE -> value.getListValue().getValuesList().forEach(v -> flatten(v, names));
      case DICT_VALUE ->
          new TreeMap<>(value.getDictValue().getFieldsMap())
              .values()
              .forEach(v -> flatten(v, names));
      default -> {
        // Flags and the like are no inputs.
      }
    }
  }
}
