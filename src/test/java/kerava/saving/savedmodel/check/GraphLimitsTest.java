package kerava.saving.savedmodel.check;

import static kerava.saving.savedmodel.check.ChangedModel.floats;
import static kerava.saving.savedmodel.check.ChangedModel.node;
import static kerava.saving.savedmodel.check.ChangedModel.number;
import static kerava.saving.savedmodel.check.ChangedModel.shape;
import static kerava.saving.savedmodel.check.ChangedModel.text;
import static kerava.saving.savedmodel.check.ChangedModel.type;
import static kerava.saving.savedmodel.check.ChangedModel.types;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/** The largest attributes, constants and lists of tensors of a graph, and those one beyond. */
final class GraphLimitsTest {
  private static OpDef.AttrDef.Builder declared(String name, String type) {
    return OpDef.AttrDef.newBuilder().setName(name).setType(type);
  }

  private static void check(OpDef.AttrDef.Builder declared, AttrValue value) throws GraphException {
    new AttributeCheck("node \"n\"", declared.build(), value).require();
  }

  private static void refused(String said, Executable action) {
    assertEquals(
        "node \"n\": expected " + said + ". Is it damaged?",
        assertThrows(GraphException.class, action).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "parallel_iterations, 100000",
    "initial_num_buckets, 16777216",
    "num_sampled, 16777216",
    "range_max, 134217728",
    "other, 2147483647"
  })
  void numbers(String name, long most) {
    OpDef.AttrDef.Builder one = declared(name, "int");
    OpDef.AttrDef.Builder list = declared(name, "list(int)");
    AttrValue.Builder more = AttrValue.newBuilder();
    more.getListBuilder().addI(most).addI(most + 1);
    assertDoesNotThrow(() -> check(one, number(most)));
    assertDoesNotThrow(() -> check(one, number(Integer.MIN_VALUE)));
    String said = "the attribute " + name + " of at most " + most + ", got ";
    refused(said + (most + 1), () -> check(one, number(most + 1)));
    refused(said + (most + 1), () -> check(list, more.build()));
    long least = Integer.MIN_VALUE - 1L;
    refused(said + least, () -> check(one, number(least)));
    assertDoesNotThrow(() -> check(declared("seed", "int"), number(Long.MAX_VALUE)));
  }

  @Test
  void numbersAndListsOfAtLeast() {
    OpDef.AttrDef.Builder one = declared("k", "int").setHasMinimum(true).setMinimum(3);
    assertDoesNotThrow(() -> check(one, number(3)));
    refused("the attribute k of at least 3, got 2", () -> check(one, number(2)));
    OpDef.AttrDef.Builder list = declared("T", "list(type)").setHasMinimum(true).setMinimum(1);
    assertDoesNotThrow(() -> check(list, types(DataType.DT_FLOAT)));
    refused("the attribute T of at least 1 entries, got 0", () -> check(list, types()));
  }

  @ParameterizedTest
  @CsvSource({"string", "int", "float", "bool", "type", "shape", "tensor", "func"})
  void attributesOfAnotherKind(String kind) {
    AttrValue other = kind.equals("int") ? text("x") : number(1);
    String found = kind.equals("int") ? "s" : "i";
    refused(
        "the attribute a of kind " + kind + ", got " + found,
        () -> check(declared("a", kind), other));
    AttrValue.Builder list = AttrValue.newBuilder();
    if (kind.equals("int")) {
      list.getListBuilder().addB(true);
    } else {
      list.getListBuilder().addI(1);
    }
    refused(
        "the attribute a of kind list(" + kind + "), got another",
        () -> check(declared("a", "list(" + kind + ")"), list.build()));
    refused(
        "the attribute a of kind list(" + kind + "), got another",
        () -> check(declared("a", "list(" + kind + ")"), number(1)));
  }

  @Test
  void typesAndTextsThatAreAllowed() {
    OpDef.AttrDef.Builder type = declared("T", "type");
    type.getAllowedValuesBuilder().getListBuilder().addType(DataType.DT_FLOAT);
    assertDoesNotThrow(() -> check(type, type(DataType.DT_FLOAT)));
    refused(
        "the attribute T one of the types [DT_FLOAT], got DT_HALF",
        () -> check(type, type(DataType.DT_HALF)));
    refused(
        "the attribute T of a number type, got none", () -> check(type, type(DataType.DT_INVALID)));
    OpDef.AttrDef.Builder padding = declared("padding", "string");
    padding.getAllowedValuesBuilder().getListBuilder().addS(ByteString.copyFromUtf8("SAME"));
    assertDoesNotThrow(() -> check(padding, text("SAME")));
    refused(
        "the attribute padding one of SAME, got \"OTHER\"", () -> check(padding, text("OTHER")));
  }

  private static TypedNode many(long count) throws GraphException {
    OpDef.Builder operation = OpDef.newBuilder().addAttr(declared("N", "int"));
    operation.addInputArgBuilder().setType(DataType.DT_FLOAT).setNumberAttr("N");
    operation.addInputArgBuilder().setType(DataType.DT_FLOAT);
    NodeDef node = node("n", "AddN", List.of(), Map.of("N", number(count)));
    return new TypedNode(Subgraph.of(GraphDef.getDefaultInstance()), node, operation.build());
  }

  @Test
  void aHundredThousandTensors() throws GraphException {
    assertEquals(100_000, many(99_999).inputs().size());
    assertEquals(1, many(0).inputs().size());
    refused("at most 100000 tensors, got 100001", () -> many(100_000).inputs());
    refused("0 to 100000 tensors, got 100001", () -> many(100_001).inputs());
    refused("0 to 100000 tensors, got -1", () -> many(-1).inputs());
  }

  private static void constant(ShapeCheck check, int numbers) throws GraphException {
    NodeDef constant = floats(shape(numbers), tensor -> tensor.addFloatVal(1));
    check.require("node \"n\"", constant.getAttrOrThrow("value"));
  }

  @Test
  void constantsOfAsManyBytesAsTheyMayHaveTogether() throws GraphException {
    ShapeCheck check = new ShapeCheck(400);
    constant(check, 60);
    constant(check, 40);
    assertEquals(
        "node \"n\": expected constants of at most 400 bytes in all, got more."
            + " -Dkerava.limits.constants sets another limit.",
        assertThrows(GraphException.class, () -> constant(check, 1)).getMessage());
  }
}
