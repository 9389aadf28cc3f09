package kerava.saving.savedmodel;

import static kerava.interop.KerasFixtures.file;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kerava.saving.LoadedModel;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;

/** The order of inputs, which a signature does not know. */
final class InputOrderTest {
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
    assertEquals(Optional.empty(), InputOrder.of(none, Set.of("a", "b")));
    assertEquals(Optional.of(List.of("a")), InputOrder.of(none, Set.of("a")));
    SavedObjectGraph other = SavedModelFolder.open(file("tf_types")).meta().getObjectGraphDef();
    assertEquals(Optional.empty(), InputOrder.of(other, Set.of("real", "whole")));
  }
}
