package kerava.saving.savedmodel.check;

import static kerava.saving.savedmodel.check.ChangedModel.CONSTANTS;
import static kerava.saving.savedmodel.check.ChangedModel.model;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.MetaGraphDef;

/** Models that Python wrote pass the check. */
final class GraphCheckTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tf_module",
        "tf1",
        "tf_types",
        "tf_tables",
        "two_inputs/export",
        "keras3_seed_export",
        "keras2_seed_savedmodel",
        "keras2_nested_savedmodel"
      })
  void modelsThatPythonWroteAreSoundAndOnlyCompute(String name) throws IOException {
    MetaGraphDef model = model(name);
    assertDoesNotThrow(() -> GraphCheck.structure(model, CONSTANTS).operations());
  }

  @Test
  void everyOperationOfTheListIsOneOfTensorFlow() {
    for (String name : OpRegistry.computing()) {
      assertTrue(OpRegistry.find(name).isPresent(), name);
    }
    assertTrue(OpRegistry.computing().size() > 800);
  }
}
