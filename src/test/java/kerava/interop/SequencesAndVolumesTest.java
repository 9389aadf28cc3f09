package kerava.interop;

import static kerava.interop.Near.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kerava.Model;
import kerava.StoredModel;
import kerava.TestDevice;
import kerava.TrainingState;
import kerava.data.Dataset;
import kerava.graph.Array;
import kerava.images.Scaling;
import kerava.saving.KerasArchive;
import kerava.saving.KerasH5;
import kerava.saving.LoadedModel;
import kerava.saving.SavedModels;
import kerava.train.Fit;
import kerava.train.History;
import kerava.train.Predictor;
import kerava.train.Trainer;
import kerava.train.TrainerOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models of sequences and of volumes that Keras trained for two steps: they predict as in Keras,
 * from whatever file, and go on in training as there; see tools/golden/nd_models.py and
 * attention_files.py.
 */
@Tag(TestDevice.TAG)
final class SequencesAndVolumesTest {
  private static final double FORWARD = TestDevice.tolerance(1e-5);
  private static final double TRAINED = TestDevice.tolerance(1e-4);

  @TempDir Path folder;

  private static StoredModel stored(String name) throws IOException {
    return KerasArchive.read(KerasFixtures.file("keras3_" + name + ".keras"));
  }

  private static String golden(String name) {
    return name.equals("attention") ? "attention_files.h5" : "nd_training.h5";
  }

  private static Array numbers(String name, String what) {
    return KerasFixtures.numbers(golden(name), name + "/" + what);
  }

  private static Array predicted(StoredModel stored, Array x) {
    try (Predictor predictor = Predictor.of(stored, TestDevice.get())) {
      return predictor.predict(x);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequence", "volume", "attention"})
  void predictFromEachFormat(String name) throws IOException {
    StoredModel stored = stored(name);
    Array x = numbers(name, "x");
    Array wanted = numbers(name, "predicted");
    assertNear(wanted, predicted(stored, x), FORWARD);

    KerasArchive.write(stored, folder.resolve("again.keras"));
    StoredModel again = KerasArchive.read(folder.resolve("again.keras"));
    assertEquals(stored.model(), again.model());
    assertEquals(stored.weights(), again.weights());
    assertEquals(stored.optimizer().orElseThrow(), again.optimizer().orElseThrow());

    Path exported = SavedModels.export(stored, folder.resolve("saved"));
    try (LoadedModel loaded = LoadedModel.open(exported)) {
      assertNear(wanted, loaded.call(x), FORWARD);
    }
    assertNear(wanted, predicted(SavedModels.read(exported), x), FORWARD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"volume", "attention"})
  void areReadFromTheOldFormat(String name) throws IOException {
    StoredModel stored = KerasH5.read(KerasFixtures.file("keras3_" + name + ".h5"));
    assertNear(numbers(name, "predicted"), predicted(stored, numbers(name, "x")), FORWARD);
    assertEquals(stored(name).optimizer(), stored.optimizer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequence", "volume", "attention"})
  void goOnInTrainingAsInKeras(String name) throws IOException {
    StoredModel stored = stored(name);
    Dataset data =
        Dataset.of(numbers(name, "x"), KerasFixtures.integers(golden(name), name + "/y"));
    TrainerOptions options = TrainerOptions.defaults().withDevice(TestDevice.get());
    try (Trainer trainer =
        Trainer.compile(stored.model(), stored.settings().orElseThrow(), options)) {
      trainer.restore(new TrainingState(stored.weights(), stored.optimizer().orElseThrow()));
      History history = trainer.fit(data, Fit.epochs(5).batchSize(6).shuffle(false));
      float[] losses = numbers(name, "losses").floats();
      for (int i = 0; i < losses.length; i++) {
        assertEquals(losses[i], history.get("loss").get(i), TRAINED, "loss of step " + i);
      }
      assertNear(numbers(name, "predicted_after"), trainer.predict(data), TRAINED);
    }
  }

  @Test
  void areNoImages() throws IOException {
    for (String name : List.of("sequence", "volume", "attention")) {
      Model model = stored(name).model();
      assertFalse(model.takesImages(), name);
      assertEquals(Scaling.NONE, model.preprocessing().scaling());
    }
  }
}
