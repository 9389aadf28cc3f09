package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kerava.CompileSettings;
import kerava.Input;
import kerava.Model;
import kerava.Node;
import kerava.StoredModel;
import kerava.TestDevice;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.graph.DType;
import kerava.layers.ActivationFunction;
import kerava.layers.Dense;
import kerava.layers.Embedding;
import kerava.layers.Flatten;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.SGD;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that classifies rows of a known number of words: they are no pixels. */
final class TokensExportTest {
  @Test
  void hasNoSignatureForBytes(@TempDir Path base) throws IOException {
    Node tokens = Input.of(DType.INT32, 4);
    Node flat = Flatten.of().apply(Embedding.of(6, 3).apply(tokens));
    Node scores = Dense.of(3).activation(ActivationFunction.SOFTMAX).apply(flat);
    Model model = Model.of(List.of(tokens), List.of(scores));
    CompileSettings settings = CompileSettings.of(SGD.of(0.1), SparseCategoricalCrossentropy.of());
    Array rows = Array.of(new int[] {1, 2, 3, 4, 5, 0, 1, 2}, 2, 4);
    TrainerOptions options = TrainerOptions.defaults().withSeed(1).withDevice(TestDevice.get());
    try (Trainer trainer = Trainer.compile(model, settings, options)) {
      SavedModels.export(StoredModel.of(trainer), base);
      try (LoadedModel loaded = LoadedModel.open(base)) {
        Set<String> names = new TreeSet<>();
        loaded.signatures().forEach(signature -> names.add(signature.name()));
        assertEquals(Set.of("classify", "classify_examples", "serve", "serving_default"), names);
        ModelSignature signature = loaded.defaultSignature();
        String input = signature.inputs().keySet().iterator().next();
        Array got = loaded.call(signature.name(), Map.of(input, rows)).values().iterator().next();
        assertArrayEquals(
            trainer.predict(Dataset.of(rows, Array.of(new int[2], 2))).floats(),
            got.floats(),
            1e-6f);
      }
    }
  }
}
