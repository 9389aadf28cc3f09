package kerava.saving.keras2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import kerava.OptimizerState;
import kerava.StoredModel;
import kerava.data.Npy;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.interop.KerasFixtures;
import kerava.interop.Near;
import kerava.saving.KerasArchive;
import kerava.saving.KerasH5;
import kerava.saving.SavedModels;
import kerava.saving.SeedModel;
import kerava.saving.format.FileNames;
import kerava.saving.json.ModelWriter;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The folders that {@code model.save(folder)} of Keras 2 wrote come back to be trained. */
final class Keras2FolderTest {
  private static final String NESTED = "keras2_nested_savedmodel";

  @ParameterizedTest
  @CsvSource({
    "keras2_seed_savedmodel, keras2_seed.h5, 32",
    "keras2_nested_savedmodel, keras2_nested_savedmodel.h5, 8",
  })
  void holdWhatTheFileOfTheSameModelHolds(String name, String twin, int side) throws IOException {
    StoredModel folder = SavedModels.read(KerasFixtures.file(name));
    StoredModel file = KerasH5.read(KerasFixtures.file(twin));
    assertEquals(ModelWriter.write(file.model()), ModelWriter.write(folder.model()));
    assertEquals(file.weights(), folder.weights());
    assertEquals(file.settings(), folder.settings());
    assertEquals(file.optimizer(), folder.optimizer());
    assertEquals("Keras 2.21.0", folder.card().writer().orElseThrow());
    assertEquals(List.of(), folder.card().remarks());
    Near.assertNear(
        Npy.read(KerasFixtures.file(name + ".npy")),
        SeedModel.predict(folder.model(), folder.weights(), images(side)),
        1e-5);
  }

  @Test
  void bringTheStateOfBothGenerationsOfOptimizers() throws IOException {
    OptimizerState today = state("keras2_seed_savedmodel");
    assertTrue(today.iterations() > 0);
    assertEquals(20, today.slots().size());
    assertEquals(0.001f, today.learningRate().orElseThrow());
    OptimizerState old = state(NESTED);
    assertEquals(2, old.iterations());
    assertEquals(16, old.slots().size());
    assertEquals(0.002f, old.learningRate().orElseThrow());
  }

  private static OptimizerState state(String name) throws IOException {
    return SavedModels.read(KerasFixtures.file(name)).optimizer().orElseThrow();
  }

  private static Array images(int side) {
    float[] values = new float[2 * side * side * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7 % 29 - 14) / 29f;
    }
    return Array.of(values, 2, side, side, 3);
  }

  @Test
  void goOnAsArchives(@TempDir Path folder) throws IOException {
    StoredModel stored = SavedModels.read(KerasFixtures.file(NESTED));
    Path archive = folder.resolve("nested.keras");
    KerasArchive.write(stored, archive);
    StoredModel again = KerasArchive.read(archive);
    assertEquals(stored.weights(), again.weights());
    assertEquals(stored.settings(), again.settings());
    assertEquals(stored.optimizer(), again.optimizer());
  }

  @Test
  void refuseAnObjectThatIsNotThere(@TempDir Path folder) throws IOException {
    PathUtils.copyDirectory(KerasFixtures.file(NESTED), folder);
    Path metadata = folder.resolve(FileNames.KERAS_METADATA);
    byte[] bytes = Files.readAllBytes(metadata);
    String text = new String(bytes, ISO_8859_1);
    int own = text.indexOf("{\"name\": \"stem\", \"trainable\": true, \"expects_training_arg\"");
    bytes[own + 10] = 'S';
    Files.write(metadata, bytes);
    IOException e = assertThrows(ModelFormatException.class, () -> SavedModels.read(folder));
    assertTrue(e.getMessage().contains("stem"), e.getMessage());
  }

  @Test
  void damagedDescriptionsAreRefusedOrReadNeverMore(@TempDir Path folder) throws IOException {
    PathUtils.copyDirectory(KerasFixtures.file(NESTED), folder);
    Path metadata = folder.resolve(FileNames.KERAS_METADATA);
    byte[] whole = Files.readAllBytes(metadata);
    long seed = System.nanoTime();
    System.out.println("damagedDescriptionsAreRefusedOrReadNeverMore: seed " + seed);
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 100; i++) {
      byte[] damaged = whole.clone();
      if (i % 10 == 0) {
        damaged = java.util.Arrays.copyOf(whole, random.nextInt(whole.length));
      } else {
        damaged[random.nextInt(i % 2 == 0 ? 600 : whole.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(metadata, damaged);
      try {
        SavedModels.read(folder);
      } catch (ModelFormatException e) {
        refused++;
      }
    }
    assertTrue(refused > 20, refused + " refused");
  }
}
