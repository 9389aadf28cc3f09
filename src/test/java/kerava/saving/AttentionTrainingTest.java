package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import kerava.CompileSettings;
import kerava.KerasCase;
import kerava.Model;
import kerava.Optimizer;
import kerava.TestDevice;
import kerava.config.Catalog;
import kerava.config.Codec;
import kerava.config.Source;
import kerava.graph.Device;
import kerava.graph.Weights;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.saving.json.ConfigMigration;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten steps of models with embeddings and attention: losses and weights are those of Keras. */
@Tag(TestDevice.TAG)
final class AttentionTrainingTest {
  private static final double CLOSE = TestDevice.tolerance(1e-4);

  static List<TypedModel> cases() {
    return Stream.of("attention_training.json", "block_training.json")
        .flatMap(file -> TypedModel.all(file).stream())
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void trainsAsKerasDoes(TypedModel given) {
    check(given);
  }

  /** Trains a model as Keras did, and compares. */
  static void check(TypedModel given) {
    JsonNode json = given.json();
    CompileSettings settings =
        CompileSettings.of(optimizer(json.get("optimizer")), SparseCategoricalCrossentropy.of());
    Model model = given.model();
    try (Trainer trainer =
        Trainer.compile(model, settings, TrainerOptions.defaults().withDevice(Device.cpu()))) {
      trainer.restore(given.weights());
      int epochs = json.get("losses").size();
      History history =
          trainer.fit(
              given.dataset(),
              Fit.epochs(epochs).batchSize(json.get("batch").asInt()).shuffle(false));
      for (int i = 0; i < epochs; i++) {
        assertEquals(
            json.get("losses").get(i).asDouble(), history.get("loss").get(i), CLOSE, "loss " + i);
      }
      Weights after = trainer.weights();
      given
          .named("weights_after")
          .forEach((name, array) -> KerasCase.assertClose(array, after.get(name), CLOSE, name));
    }
  }

  private static Optimizer optimizer(JsonNode written) {
    Catalog catalog = Registry.standard().catalog();
    JsonNode plain = new ConfigMigration(catalog).plain(written, "$");
    return Codec.object(Optimizer.class).read(Source.root(plain, catalog));
  }
}
