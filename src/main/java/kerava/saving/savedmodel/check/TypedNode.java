package kerava.saving.savedmodel.check;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * A node beside the declaration of its operation: the types of the tensors that go in and come out.
 *
 * @param subgraph where the node stands
 * @param operation the declaration
 */
record TypedNode(Subgraph subgraph, NodeDef node, OpDef operation) {
  /** More tensors than any node has, and few enough for TensorFlow to make room for. */
  private static final int MOST = 100_000;

  private static final AttrValue ONE = AttrValue.newBuilder().setI(1).build();

  /** What checks every attribute: that it is there, of its kind, and in the range it may have. */
  void requireAttributes() throws GraphException {
    for (OpDef.AttrDef declared : operation.getAttrList()) {
      AttrValue value = value(declared);
      if (value.getValueCase() == AttrValue.ValueCase.PLACEHOLDER && subgraph.isFunction()) {
        continue;
      }
      new AttributeCheck(subgraph.where(node), declared, value).require();
    }
  }

  private AttrValue value(OpDef.AttrDef declared) throws GraphException {
    AttrValue value = node.getAttrMap().get(declared.getName());
    if (value != null) {
      return value;
    }
    if (!declared.hasDefaultValue()) {
      throw GraphException.damaged(
          subgraph.where(node), "the attribute " + declared.getName(), "none of that name");
    }
    return declared.getDefaultValue();
  }

  /** The types of the tensors that go in. */
  TensorTypes inputs() throws GraphException {
    return types(operation.getInputArgList());
  }

  /** The types of the tensors that come out. */
  TensorTypes outputs() throws GraphException {
    return types(operation.getOutputArgList());
  }

  private TensorTypes types(List<OpDef.ArgDef> arguments) throws GraphException {
    TensorTypes all = TensorTypes.NONE;
    for (OpDef.ArgDef argument : arguments) {
      all = all.and(types(argument));
      if (all.size() > MOST) {
        throw GraphException.damaged(
            subgraph.where(node), "at most " + MOST + " tensors", String.valueOf(all.size()));
      }
    }
    return all;
  }

  /** The types of the tensors that an argument stands for. */
  TensorTypes types(OpDef.ArgDef argument) throws GraphException {
    if (!argument.getTypeListAttr().isEmpty()) {
      AttrValue types = value(argument.getTypeListAttr());
      return isOpen(types) ? TensorTypes.OPEN : TensorTypes.of(types.getList().getTypeList());
    }
    AttrValue number = argument.getNumberAttr().isEmpty() ? ONE : value(argument.getNumberAttr());
    if (isOpen(number)) {
      return TensorTypes.OPEN;
    }
    if (number.getI() < 0 || number.getI() > MOST) {
      throw GraphException.damaged(
          subgraph.where(node), "0 to " + MOST + " tensors", String.valueOf(number.getI()));
    }
    Optional<DataType> type = type(argument);
    return TensorTypes.of(Collections.nCopies((int) number.getI(), type.orElse(TensorTypes.ANY)));
  }

  private Optional<DataType> type(OpDef.ArgDef argument) throws GraphException {
    DataType type = argument.getType();
    if (!argument.getTypeAttr().isEmpty()) {
      AttrValue value = value(argument.getTypeAttr());
      if (isOpen(value)) {
        return Optional.empty();
      }
      type = value.getType();
    }
    return Optional.of(type);
  }

  private static boolean isOpen(AttrValue value) {
    return value.getValueCase() == AttrValue.ValueCase.PLACEHOLDER;
  }

  private AttrValue value(String attribute) throws GraphException {
    for (OpDef.AttrDef declared : operation.getAttrList()) {
      if (declared.getName().equals(attribute)) {
        return value(declared);
      }
    }
    throw GraphException.damaged(
        subgraph.where(node), "an operation that declares " + attribute, "one that does not");
  }
}
