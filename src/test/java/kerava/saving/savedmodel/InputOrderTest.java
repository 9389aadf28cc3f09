package kerava.saving.savedmodel;

import static kerava.interop.KerasFixtures.file;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kerava.saving.LoadedModel;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.Struct.StructuredValue;

/** The order of inputs, which a signature does not know. */
final class InputOrderTest {
  private static final Set<String> NAMES = Set.of("a", "b");

  private final SavedObjectGraph.Builder objects = SavedObjectGraph.newBuilder();

  private static StructuredValue tensor(String name) {
    StructuredValue.Builder value = StructuredValue.newBuilder();
    value.getTensorSpecValueBuilder().setName(name);
    return value.build();
  }

  private static StructuredValue list(StructuredValue... values) {
    StructuredValue.Builder list = StructuredValue.newBuilder();
    list.getListValueBuilder().addAllValues(List.of(values));
    return list.build();
  }

  private static StructuredValue tuple(StructuredValue... values) {
    StructuredValue.Builder tuple = StructuredValue.newBuilder();
    tuple.getTupleValueBuilder().addAllValues(List.of(values));
    return tuple.build();
  }

  /** Adds a function that the root names by the place of its node. */
  private void callable(String name, StructuredValue signature) {
    if (objects.getNodesCount() == 0) {
      objects.addNodesBuilder().getUserObjectBuilder();
    }
    objects.getNodesBuilder(0).addChildrenBuilder().setNodeId(objects.getNodesCount());
    objects.addNodesBuilder().getFunctionBuilder().addConcreteFunctions(name);
    objects.putConcreteFunctions(
        name, SavedConcreteFunction.newBuilder().setCanonicalizedInputSignature(signature).build());
  }

  private Optional<List<String>> order() {
    return InputOrder.of(objects.build(), NAMES);
  }

  @Test
  void isThatOfTheFunctionBehindASignature() throws IOException {
    try (LoadedModel export = LoadedModel.open(file("two_inputs/export"));
        LoadedModel types = LoadedModel.open(file("tf_types"))) {
      // Against the alphabet, in which signatures are sorted.
      assertEquals(Optional.of(List.of("num", "cat")), export.inputOrder("serving_default"));
      assertEquals(List.of("cat", "num"), List.copyOf(export.defaultSignature().inputs().keySet()));
      assertEquals(
          Optional.of(List.of("real", "whole", "long", "byte", "truth")), types.inputOrder("all"));
      assertEquals(Optional.of(List.of("x")), types.inputOrder("text"));
    }
  }

  @Test
  void isNotGuessedWhereNothingSaysIt() throws IOException {
    SavedObjectGraph none = SavedObjectGraph.getDefaultInstance();
    assertEquals(Optional.empty(), InputOrder.of(none, NAMES));
    assertEquals(Optional.of(List.of("a")), InputOrder.of(none, Set.of("a")));
    SavedObjectGraph other = SavedModelFolder.open(file("tf_types")).meta().getObjectGraphDef();
    assertEquals(Optional.empty(), InputOrder.of(other, Set.of("real", "whole")));
  }

  @Test
  void goesThroughTuplesAndLists() {
    callable("f", tuple(list(tensor("b"), tensor("a")), StructuredValue.getDefaultInstance()));
    assertEquals(Optional.of(List.of("b", "a")), order());
  }

  @Test
  void takesDictsByTheirSortedKeys() {
    StructuredValue.Builder dict = StructuredValue.newBuilder();
    dict.getDictValueBuilder().putFields("z", tensor("a")).putFields("k", tensor("b"));
    callable("f", tuple(dict.build()));
    assertEquals(Optional.of(List.of("b", "a")), order());
  }

  @Test
  void functionsThatDifferSayNothing() {
    callable("f", list(tensor("b"), tensor("a")));
    callable("again", list(tensor("b"), tensor("a")));
    assertEquals(Optional.of(List.of("b", "a")), order());
    callable("other", list(tensor("a"), tensor("b")));
    assertEquals(Optional.empty(), order());
  }

  @Test
  void functionsThatTakeANameTwiceOrAnotherSayNothing() {
    callable("twice", list(tensor("b"), tensor("a"), tensor("b")));
    callable("one", list(tensor("b")));
    callable("other", list(tensor("b"), tensor("c")));
    assertEquals(Optional.empty(), order());
  }

  @Test
  void nodesThatAreNotThereSayNothing() {
    callable("f", list(tensor("b"), tensor("a")));
    objects.getNodesBuilder(0).addChildrenBuilder().setNodeId(objects.getNodesCount());
    objects.getNodesBuilder(0).addChildrenBuilder().setNodeId(-1);
    objects.addNodesBuilder().getFunctionBuilder().addConcreteFunctions("nowhere");
    objects.getNodesBuilder(0).addChildrenBuilder().setNodeId(objects.getNodesCount());
    assertEquals(Optional.of(List.of("b", "a")), order());
  }
}
