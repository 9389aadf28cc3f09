package kerava.saving.savedmodel.check;

import static kerava.saving.savedmodel.check.ChangedModel.node;
import static kerava.saving.savedmodel.check.ChangedModel.reference;
import static kerava.saving.savedmodel.check.ChangedModel.types;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tensorflow.proto.DataType.DT_BOOL;
import static org.tensorflow.proto.DataType.DT_FLOAT;
import static org.tensorflow.proto.DataType.DT_FLOAT_REF;
import static org.tensorflow.proto.DataType.DT_INT32;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.OpDef;

/** What operations that call functions want them to take and to give. */
final class FunctionTypesTest {
  private static final AttrValue FLOAT = types(DT_FLOAT);
  private static final AttrValue INT = types(DT_INT32);

  private static OpDef.Builder of(List<DataType> given, List<DataType> back) {
    OpDef.Builder function = OpDef.newBuilder().setName("f");
    given.forEach(
        type ->
            function
                .addInputArgBuilder()
                .setName("in" + function.getInputArgCount())
                .setType(type));
    back.forEach(type -> function.addOutputArgBuilder().setType(type));
    return function;
  }

  private static void require(
      OpDef.Builder function, String op, String attribute, Map<String, AttrValue> attributes)
      throws GraphException {
    Map<String, AttrValue> all = new HashMap<>(attributes);
    all.put(attribute, reference("f"));
    Subgraph called = Subgraph.of(FunctionDef.newBuilder().setSignature(function).build());
    Subgraph graph = Subgraph.of(GraphDef.getDefaultInstance());
    new FunctionSignatures(Map.of("f", called))
        .require(new TypedNode(graph, node("n", op, List.of(), all), OpDef.getDefaultInstance()));
  }

  private static void refused(
      OpDef.Builder function, String op, String attribute, Map<String, AttrValue> attributes) {
    assertEquals(
        "node \"n\": expected a function of its own types as "
            + attribute
            + ", got \"f\" of others. Is it damaged?",
        assertThrows(GraphException.class, () -> require(function, op, attribute, attributes))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PartitionedCall",
        "StatefulPartitionedCall",
        "If",
        "StatelessIf",
        "Case",
        "StatelessCase"
      })
  void calls(String op) {
    OpDef.Builder function = of(List.of(DT_FLOAT), List.of(DT_INT32));
    assertDoesNotThrow(() -> require(function, op, "f", Map.of("Tin", FLOAT, "Tout", INT)));
    refused(function, op, "f", Map.of("Tin", INT, "Tout", INT));
    refused(function, op, "f", Map.of("Tin", FLOAT, "Tout", FLOAT));
    refused(function, op, "f", Map.of("Tin", types(), "Tout", INT));
    refused(function, op, "f", Map.of("Tin", FLOAT, "Tout", types(DT_INT32, DT_INT32)));
    // What is not there is refused elsewhere; what other tools note is not looked at.
    assertDoesNotThrow(() -> require(function, op, "f", Map.of("Tin", FLOAT)));
    assertDoesNotThrow(() -> require(function, op, "_noted", Map.of("Tin", INT, "Tout", INT)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"While", "StatelessWhile"})
  void loops(String op) {
    Map<String, AttrValue> floats = Map.of("T", FLOAT);
    OpDef.Builder body = of(List.of(DT_FLOAT), List.of(DT_FLOAT));
    assertDoesNotThrow(() -> require(body, op, "body", floats));
    refused(of(List.of(DT_FLOAT), List.of(DT_BOOL)), op, "body", floats);
    refused(of(List.of(DT_INT32), List.of(DT_FLOAT)), op, "body", floats);
    OpDef.Builder condition = of(List.of(DT_FLOAT), List.of(DT_BOOL));
    assertDoesNotThrow(() -> require(condition, op, "cond", floats));
    refused(of(List.of(DT_FLOAT), List.of(DT_BOOL, DT_BOOL)), op, "cond", floats);
    refused(of(List.of(DT_FLOAT), List.of()), op, "cond", floats);
    OpDef.Builder open = of(List.of(DT_FLOAT), List.of());
    open.addOutputArgBuilder().setTypeListAttr("T");
    assertDoesNotThrow(() -> require(open, op, "cond", floats));
  }

  @Test
  void maps() {
    Map<String, AttrValue> mapped =
        Map.of("Targuments", FLOAT, "Tcaptured", INT, "output_types", types(DT_BOOL));
    OpDef.Builder function = of(List.of(DT_FLOAT, DT_INT32), List.of(DT_BOOL));
    assertDoesNotThrow(() -> require(function, "MapDefun", "f", mapped));
    refused(of(List.of(DT_FLOAT), List.of(DT_BOOL)), "MapDefun", "f", mapped);
    refused(of(List.of(DT_INT32, DT_FLOAT), List.of(DT_BOOL)), "MapDefun", "f", mapped);
    refused(of(List.of(DT_FLOAT, DT_INT32), List.of(DT_INT32)), "MapDefun", "f", mapped);
  }

  @Test
  void othersTakeWhatTheyTake() {
    assertDoesNotThrow(() -> require(of(List.of(), List.of()), "MapDataset", "f", Map.of()));
    GraphException refusal =
        assertThrows(
            GraphException.class,
            () ->
                require(
                    of(List.of(), List.of()), "MapDataset", "f", Map.of("g", reference("other"))));
    assertTrue(refusal.getMessage().contains("a function of the graph, got \"other\""));
  }

  @Test
  void typesThatFollowFromTheCallFitAny() throws GraphException {
    OpDef.Builder any = OpDef.newBuilder().setName("f");
    any.addInputArgBuilder().setName("in").setTypeAttr("T");
    assertDoesNotThrow(
        () -> require(any, "PartitionedCall", "f", Map.of("Tin", INT, "Tout", types())));
    refused(any, "PartitionedCall", "f", Map.of("Tin", types(DT_INT32, DT_INT32), "Tout", types()));
    any.getInputArgBuilder(0).setNumberAttr("N");
    assertDoesNotThrow(
        () ->
            require(
                any,
                "PartitionedCall",
                "f",
                Map.of("Tin", types(DT_INT32, DT_INT32), "Tout", types())));
  }

  @ParameterizedTest
  @CsvSource({
    "DT_FLOAT, DT_FLOAT, true",
    "DT_FLOAT_REF, DT_FLOAT, true",
    "DT_FLOAT_REF, DT_FLOAT_REF, true",
    "DT_FLOAT, DT_FLOAT_REF, false",
    "DT_INT32_REF, DT_FLOAT, false",
    "DT_INVALID, DT_FLOAT, true",
    "DT_FLOAT, DT_INVALID, true",
    "UNRECOGNIZED, DT_FLOAT, false",
    "UNRECOGNIZED, UNRECOGNIZED, true"
  })
  void aVariableStandsForItsValue(DataType type, DataType wanted, boolean fits) {
    TensorTypes one = TensorTypes.of(List.of(DT_BOOL, type));
    assertEquals(fits, one.fit(TensorTypes.of(List.of(DT_BOOL, wanted))));
    assertTrue(one.fit(TensorTypes.OPEN) && TensorTypes.OPEN.fit(one));
  }

  @Test
  void typesInWords() {
    TensorTypes two = TensorTypes.of(List.of(DT_FLOAT)).and(TensorTypes.of(List.of(DT_FLOAT_REF)));
    assertEquals("[DT_FLOAT, DT_FLOAT_REF]", two.toString());
    assertEquals("[DT_FLOAT_REF]", two.at(1).toString());
    assertEquals("[]", TensorTypes.NONE.toString());
    assertEquals("[any]", two.and(TensorTypes.OPEN).toString());
    assertEquals("[any]", TensorTypes.OPEN.and(two).toString());
    assertEquals("[any]", TensorTypes.OPEN.at(3).toString());
    assertEquals(two, two.and(TensorTypes.NONE));
  }
}
