package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kerava.StoredModel;
import kerava.files.ModelFormatException;
import kerava.interop.KerasFixtures;
import kerava.saving.hdf5.Hdf5Draft;
import kerava.saving.json.LayerOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights that are refused: each by a sentence that names the place. */
final class WeightsRefusalTest {
  @TempDir Path folder;
  private ChangedArchive archive;

  @BeforeEach
  void takeASoundArchive() throws IOException {
    archive = ChangedArchive.of(folder, "own_3.8.0.keras");
  }

  @Test
  void weightsOfAnotherShape() throws IOException {
    ChangedArchive.assertRefused(
        "layers/dense/vars/0: expected shape [4, 11], got [4, 10]",
        archive.change(text -> text.replace("\"units\": 10", "\"units\": 11")));
  }

  @Test
  void weightsThatAreNotThere() throws IOException {
    archive.members.put("model.weights.h5", hdf5(file -> file.putDataset("x", new float[10_000])));
    ChangedArchive.assertRefused("layers/conv2d/vars/0: expected a dataset", archive.pack());
  }

  @Test
  void weightsThatAreNoNumbers() throws IOException {
    StoredModel stored = KerasH5.read(KerasFixtures.file("keras2_legacy_sgd.h5"));
    byte[] content =
        hdf5(
            hdf -> {
              WritableGroup group = hdf.putGroup("layers").putGroup("conv2d").putGroup("vars");
              group.putDataset("0", new float[3][3][3][4]);
              group.putDataset("1", new String[] {"a", "b", "c", "d"});
              group.putDataset("room", new float[10_000]);
            });
    Path bad = Files.write(folder.resolve("bad.weights.h5"), content);
    ModelFormatException refusal =
        assertThrows(ModelFormatException.class, () -> WeightsFile.read(stored.model(), bad));
    assertEquals(
        "bad.weights.h5: layers/conv2d/vars/1: expected numbers, got other data.",
        refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"80000000", "2147483647"})
  void shapesWhoseSizeIsNoNumber(String side) throws IOException {
    archive = ChangedArchive.of(folder, "keras3_nested_end.keras");
    Path file =
        archive.change(
            text ->
                text.replace(
                    "\"batch_shape\": [null, 6]", "\"batch_shape\": [null, " + side + "]"));
    ChangedArchive.assertRefused("expected", file);
    archive = ChangedArchive.of(folder, "seed_t0.keras");
    ChangedArchive.assertRefused(
        "expected at most 2147483647 numbers",
        archive.change(
            text -> text.replace("[null, 32, 32, 3]", "[null, " + side + ", " + side + ", 3]")));
  }

  @Test
  void anArrayTooMany() throws IOException {
    StoredModel stored = KerasH5.read(KerasFixtures.file("keras2_legacy_sgd.h5"));
    Path bad = folder.resolve("bad.weights.h5");
    try (Hdf5Draft draft = Hdf5Draft.create(bad)) {
      for (var place : LayerOrder.of(stored.model()).paths(stored.model()).entrySet()) {
        draft.put(place.getValue(), stored.weights().get(place.getKey()));
      }
      draft.put("layers/conv2d/vars/2", 1f);
    }
    ModelFormatException refusal =
        assertThrows(ModelFormatException.class, () -> WeightsFile.read(stored.model(), bad));
    assertEquals(
        "bad.weights.h5: layers/conv2d/vars: expected 2 weights, got 3.", refusal.getMessage());
  }

  @Test
  void weightsThatCannotBeInSoSmallAFile() throws IOException {
    ChangedArchive.assertRefused(
        "expected weights that fit into a file of",
        archive.change(text -> text.replace("\"units\": 10", "\"units\": 500000000")));
  }

  private interface Content {
    void put(WritableHdfFile file);
  }

  private byte[] hdf5(Content content) throws IOException {
    Path file = folder.resolve("made.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      content.put(hdf);
    }
    return Files.readAllBytes(file);
  }
}
