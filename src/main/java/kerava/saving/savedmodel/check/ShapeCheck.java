package kerava.saving.savedmodel.check;

import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The shapes and constants of a graph: that they can be, and how much memory the constants take.
 */
final class ShapeCheck {
  /** TensorFlow's own bound. */
  private static final int DIMENSIONS = 254;

  private final long most;
  private long bytes;

  /**
   * Begins to count.
   *
   * @param most how many bytes all constants together may have
   */
  ShapeCheck(long most) {
    this.most = most;
  }

  /** Refuses a constant that is not of the type that its node says. */
  static void requireType(String where, NodeDef node) throws GraphException {
    AttrValue value = node.getAttrMap().get("value");
    AttrValue type = node.getAttrMap().get("dtype");
    if (node.getOp().equals("Const")
        && value != null
        && type != null
        && value.getTensor().getDtype() != type.getType()) {
      throw GraphException.damaged(
          where, "a constant of type " + name(type.getType()), name(value.getTensor().getDtype()));
    }
  }

  /** Looks at all shapes and constants of an attribute. */
  void require(String where, AttrValue value) throws GraphException {
    switch (value.getValueCase()) {
      case SHAPE -> elements(where, value.getShape());
      case TENSOR -> require(where, value.getTensor());
      case FUNC -> require(where, value.getFunc());
      case LIST -> {
        for (TensorShapeProto shape : value.getList().getShapeList()) {
          elements(where, shape);
        }
        for (TensorProto tensor : value.getList().getTensorList()) {
          require(where, tensor);
        }
        for (NameAttrList function : value.getList().getFuncList()) {
          require(where, function);
        }
      }
      default -> {
        // Numbers and texts have no shape.
      }
    }
  }

  private void require(String where, NameAttrList function) throws GraphException {
    for (AttrValue value : function.getAttrMap().values()) {
      require(where, value);
    }
  }

  private void require(String where, TensorProto tensor) throws GraphException {
    if (tensor.getTensorShape().getUnknownRank()
        || tensor.getTensorShape().getDimList().stream().anyMatch(dim -> dim.getSize() < 0)) {
      throw GraphException.damaged(where, "a constant of known shape", "one of free shape");
    }
    long elements = elements(where, tensor.getTensorShape());
    int size = ElementSize.of(tensor.getDtype());
    if (size == 0) {
      throw GraphException.damaged(
          where, "a constant of numbers or texts", "one of " + name(tensor.getDtype()));
    }
    long wanted = elements > Long.MAX_VALUE / size ? Long.MAX_VALUE : elements * size;
    if (!tensor.getTensorContent().isEmpty()
        && tensor.getDtype() != DataType.DT_STRING
        && tensor.getTensorContent().size() != wanted) {
      throw GraphException.damaged(
          where,
          "a constant of " + elements + " numbers of " + size + " bytes",
          tensor.getTensorContent().size() + " bytes");
    }
    bytes = wanted > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : bytes + wanted;
    if (bytes > most) {
      throw GraphException.large(
          where,
          "constants of at most " + most + " bytes in all",
          "more",
          "kerava.limits.constants");
    }
  }

  private static String name(DataType type) {
    return type == DataType.UNRECOGNIZED ? "an unknown type" : type.name();
  }

  /** The number of elements as far as it is known; unknown dimensions count as one. */
  private static long elements(String where, TensorShapeProto shape) throws GraphException {
    if (shape.getDimCount() > DIMENSIONS) {
      throw GraphException.damaged(
          where, "a shape of at most " + DIMENSIONS + " dimensions", "" + shape.getDimCount());
    }
    // A dimension of zero hides no overflow from TensorFlow, which multiplies in turn.
    long product = 1;
    boolean empty = false;
    for (TensorShapeProto.Dim dim : shape.getDimList()) {
      long size = dim.getSize();
      if (size < -1) {
        throw GraphException.damaged(where, "dimensions of -1 or more", String.valueOf(size));
      }
      empty |= size == 0;
      if (size > 0) {
        if (product > Long.MAX_VALUE / size) {
          throw GraphException.damaged(where, "a shape of fewer than 2^63 elements", "one of more");
        }
        product *= size;
      }
    }
    return empty ? 0 : product;
  }
}
