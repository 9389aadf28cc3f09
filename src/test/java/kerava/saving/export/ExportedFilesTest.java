package kerava.saving.export;

import static kerava.saving.export.ServedModel.MODEL;
import static kerava.saving.export.ServedModel.WEIGHTS;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import kerava.Model;
import kerava.WeightSpec;
import kerava.files.ModelFormatException;
import kerava.graph.Array;
import kerava.interop.Near;
import kerava.saving.LoadedModel;
import kerava.saving.SavedModels;
import kerava.saving.SeedModel;
import kerava.saving.format.FileNames;
import kerava.saving.savedmodel.Checkpoint;
import kerava.saving.savedmodel.SavedModelFolder;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of an export: how large they are, and what becomes of damage to them. */
final class ExportedFilesTest {
  @TempDir static Path base;
  private static Path version;

  @BeforeAll
  static void export() throws IOException {
    version = SavedModels.export(MODEL, WEIGHTS, base);
  }

  @Test
  void theFilesHoldNoBallast() throws IOException {
    long numbers = 4 * MODEL.weights().stream().mapToLong(ExportedFilesTest::size).sum();
    Path variables = version.resolve("variables");
    long data = Files.size(variables.resolve("variables.data-00000-of-00001"));
    // Beside the weights only the list of objects, with a few bytes for lengths and checksums.
    Checkpoint checkpoint = Checkpoint.open(SavedModelFolder.open(version));
    long objects = 16;
    for (int i = 0; i < checkpoint.size(); i++) {
      objects += checkpoint.object(i).getSerializedSize() + 4;
    }
    assertTrue(data <= numbers + objects, data + " bytes, " + numbers + " of weights");
    Model large = SeedModel.model();
    Path folder = SavedModels.export(large, SeedModel.weights(large, 1), base.resolve("large"));
    long most = 4 * large.weights().stream().mapToLong(ExportedFilesTest::size).sum();
    long graph = Files.size(folder.resolve(FileNames.SAVED_MODEL));
    long all = PathUtils.countDirectory(folder).getByteCounter().get();
    long warmup = Files.size(folder.resolve(Warmup.FILE));
    assertTrue(all - warmup <= most * 1.1 + graph, all + " bytes, " + most + " of weights");
    assertTrue(graph < most, graph + " bytes of graph");
  }

  private static long size(WeightSpec spec) {
    return spec.shape().size();
  }

  @Test
  void aDamagedGraphIsRefused(@TempDir Path folder) throws IOException {
    PathUtils.copyDirectory(version, folder);
    Path file = folder.resolve(FileNames.SAVED_MODEL);
    byte[] whole = Files.readAllBytes(file);
    long seed = System.nanoTime();
    System.out.println("aDamagedGraphIsRefused: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      IOException e = assertThrows(ModelFormatException.class, () -> LoadedModel.open(folder));
      assertTrue(e.getMessage().contains(FileNames.SAVED_MODEL), e.getMessage());
      assertThrows(ModelFormatException.class, () -> SavedModels.read(folder));
    }
  }

  @Test
  void aDamagedFingerprintChangesNoAnswer(@TempDir Path folder) throws IOException {
    PathUtils.copyDirectory(version, folder);
    Path file = folder.resolve(FileNames.FINGERPRINT);
    byte[] whole = Files.readAllBytes(file);
    Array x = Array.of(new float[192], 1, 8, 8, 3);
    Array expected = SeedModel.predict(MODEL, WEIGHTS, x);
    for (int i = 0; i < whole.length; i += 7) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 16;
      Files.write(file, damaged);
      try (LoadedModel model = LoadedModel.open(folder)) {
        Near.assertNear(expected, model.call(x), 1e-6);
      } catch (ModelFormatException e) {
        assertTrue(e.getMessage().contains(FileNames.FINGERPRINT), e.getMessage());
      }
    }
  }
}
