package kerava.saving.savedmodel.check;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kerava.config.Listed;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.OpDef;

/**
 * One attribute of a node beside its declaration.
 *
 * @param where the node
 * @param value what stands in the file, or the default
 */
record AttributeCheck(String where, OpDef.AttrDef declared, AttrValue value) {
  private static final int LETTERS = 40;

  /** Numbers that mean what they say, however large. */
  private static final Set<String> FREE = Set.of("seed", "seed2", "num_buckets", "hash_key");

  /** What kernels take memory for when they are made, before anything runs. */
  private static final Map<String, Long> MOST =
      Map.of(
          "parallel_iterations", 100_000L,
          "initial_num_buckets", 1L << 24,
          "num_sampled", 1L << 24,
          "range_max", 1L << 27);

  void require() throws GraphException {
    String type = declared.getType();
    if (type.startsWith("list(")) {
      requireList(type.substring("list(".length(), type.length() - 1));
      return;
    }
    boolean fits =
        switch (type) {
          case "string" -> value.getValueCase() == AttrValue.ValueCase.S;
          case "int" -> value.getValueCase() == AttrValue.ValueCase.I;
          case "float" -> value.getValueCase() == AttrValue.ValueCase.F;
          case "bool" -> value.getValueCase() == AttrValue.ValueCase.B;
          case "type" -> value.getValueCase() == AttrValue.ValueCase.TYPE;
          case "shape" -> value.getValueCase() == AttrValue.ValueCase.SHAPE;
          case "tensor" -> value.getValueCase() == AttrValue.ValueCase.TENSOR;
          case "func" -> value.getValueCase() == AttrValue.ValueCase.FUNC;
          default -> true;
        };
    if (!fits) {
      throw refused("of kind " + type, value.getValueCase().toString().toLowerCase(Locale.ROOT));
    }
    if (type.equals("int") && declared.getHasMinimum() && value.getI() < declared.getMinimum()) {
      throw refused("of at least " + declared.getMinimum(), String.valueOf(value.getI()));
    }
    if (type.equals("int")) {
      requireSmall(value.getI());
    }
    requireAllowed(
        type.equals("type") ? List.of(value.getType()) : List.of(),
        type.equals("string") ? List.of(value.getS()) : List.of());
  }

  private void requireList(String type) throws GraphException {
    AttrValue.ListValue list = value.getList();
    int length =
        switch (type) {
          case "string" -> list.getSCount();
          case "int" -> list.getICount();
          case "float" -> list.getFCount();
          case "bool" -> list.getBCount();
          case "type" -> list.getTypeCount();
          case "shape" -> list.getShapeCount();
          case "tensor" -> list.getTensorCount();
          case "func" -> list.getFuncCount();
          default -> 0;
        };
    int all =
        list.getSCount()
            + list.getICount()
            + list.getFCount()
            + list.getBCount()
            + list.getTypeCount()
            + list.getShapeCount()
            + list.getTensorCount()
            + list.getFuncCount();
    if (value.getValueCase() != AttrValue.ValueCase.LIST || all > length) {
      throw refused("of kind list(" + type + ")", "another");
    }
    if (declared.getHasMinimum() && length < declared.getMinimum()) {
      throw refused("of at least " + declared.getMinimum() + " entries", String.valueOf(length));
    }
    for (long number : list.getIList()) {
      requireSmall(number);
    }
    requireAllowed(list.getTypeList(), list.getSList());
  }

  private void requireSmall(long number) throws GraphException {
    long most = MOST.getOrDefault(declared.getName(), (long) Integer.MAX_VALUE);
    if (!FREE.contains(declared.getName()) && (number > most || number < Integer.MIN_VALUE)) {
      throw refused("of at most " + most, String.valueOf(number));
    }
  }

  private void requireAllowed(List<DataType> types, List<ByteString> texts) throws GraphException {
    if (types.contains(DataType.UNRECOGNIZED) || types.contains(DataType.DT_INVALID)) {
      throw refused("of a number type", "none");
    }
    AttrValue.ListValue allowed = declared.getAllowedValues().getList();
    for (DataType type : types) {
      if (allowed.getTypeCount() > 0 && !allowed.getTypeList().contains(type)) {
        throw refused("one of the types " + allowed.getTypeList(), type.toString());
      }
    }
    for (ByteString text : texts) {
      if (allowed.getSCount() > 0 && !allowed.getSList().contains(text)) {
        throw refused(
            "one of "
                + Listed.of(allowed.getSList().stream().map(ByteString::toStringUtf8).toList()),
            "\"" + Listed.cut(text.toStringUtf8(), LETTERS) + "\"");
      }
    }
  }

  private GraphException refused(String expected, String found) {
    return GraphException.damaged(
        where, "the attribute " + Listed.cut(declared.getName(), LETTERS) + " " + expected, found);
  }
}
