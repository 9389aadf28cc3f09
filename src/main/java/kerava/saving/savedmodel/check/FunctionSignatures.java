package kerava.saving.savedmodel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerava.config.Listed;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * What operations that call functions want of them: that they take and give tensors of some types.
 */
final class FunctionSignatures {
  private static final int LETTERS = 60;

  private final Map<String, Subgraph> functions;

  FunctionSignatures(Map<String, Subgraph> functions) {
    this.functions = functions;
  }

  /** Refuses a node whose functions are not there, or take or give something else. */
  void require(TypedNode caller) throws GraphException {
    NodeDef node = caller.node();
    for (Map.Entry<String, AttrValue> attribute : node.getAttrMap().entrySet()) {
      for (NameAttrList function : named(attribute.getValue())) {
        Subgraph subgraph = functions.get(function.getName());
        if (subgraph == null) {
          throw GraphException.damaged(
              caller.subgraph().where(node),
              "a function of the graph",
              "\"" + Listed.cut(function.getName(), LETTERS) + "\"");
        }
        if (attribute.getKey().startsWith("_")) {
          continue;
        }
        require(caller, attribute.getKey(), subgraph.function());
      }
    }
  }

  private static List<NameAttrList> named(AttrValue value) {
    return value.getValueCase() == AttrValue.ValueCase.FUNC
        ? List.of(value.getFunc())
        : value.getList().getFuncList();
  }

  private static void require(TypedNode caller, String attribute, OpDef function)
      throws GraphException {
    TensorTypes given = arguments(function.getInputArgList());
    TensorTypes back = arguments(function.getOutputArgList());
    boolean fits =
        switch (caller.node().getOp()) {
          case "PartitionedCall", "StatefulPartitionedCall" ->
              list(caller, "Tin").fit(given) && back.fit(list(caller, "Tout"));
          case "If", "StatelessIf", "Case", "StatelessCase" ->
              list(caller, "Tin").fit(given) && back.fit(list(caller, "Tout"));
          case "While", "StatelessWhile" ->
              list(caller, "T").fit(given)
                  && (attribute.equals("cond")
                      ? !back.known() || back.size() == 1
                      : back.fit(list(caller, "T")));
          case "MapDefun" ->
              list(caller, "Targuments").and(list(caller, "Tcaptured")).fit(given)
                  && back.fit(list(caller, "output_types"));
          default -> true;
        };
    if (!fits) {
      throw GraphException.damaged(
          caller.subgraph().where(caller.node()),
          "a function of its own types as " + Listed.cut(attribute, LETTERS),
          "\"" + Listed.cut(function.getName(), LETTERS) + "\" of others");
    }
  }

  private static TensorTypes list(TypedNode caller, String attribute) {
    AttrValue value = caller.node().getAttrMap().get(attribute);
    return value == null || value.getValueCase() != AttrValue.ValueCase.LIST
        ? TensorTypes.OPEN
        : TensorTypes.of(value.getList().getTypeList());
  }

  private static TensorTypes arguments(List<OpDef.ArgDef> arguments) {
    List<DataType> types = new ArrayList<>();
    for (OpDef.ArgDef argument : arguments) {
      TensorTypes one = type(argument);
      if (!one.known()) {
        return one;
      }
      types.addAll(one.list());
    }
    return TensorTypes.of(types);
  }

  /** The type of a function's argument, unless it follows from how the function is called. */
  static TensorTypes type(OpDef.ArgDef argument) {
    if (!argument.getNumberAttr().isEmpty() || !argument.getTypeListAttr().isEmpty()) {
      return TensorTypes.OPEN;
    }
    return TensorTypes.of(
        List.of(argument.getTypeAttr().isEmpty() ? argument.getType() : TensorTypes.ANY));
  }
}
