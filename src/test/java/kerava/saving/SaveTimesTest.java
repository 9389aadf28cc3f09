package kerava.saving;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import kerava.graph.Weights;
import kerava.interop.KerasFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody waits for a model: the best of many tries, because other programs want the machine too.
 */
final class SaveTimesTest {
  private static final int TRIES = 40;

  @TempDir Path folder;

  @Test
  void theSeedArchiveIsReadInLessThan150Milliseconds() throws Exception {
    Path archive = KerasFixtures.file("seed_t3.keras");
    assertBelow("reading an archive", 0.150, () -> KerasArchive.read(archive));
  }

  @Test
  void theSeedNetworkIsExportedInLessThanASecond() throws Exception {
    Weights weights = SeedModel.weights(SeedModel.model(), 7);
    Path base = folder.resolve("model");
    assertBelow(
        "exporting a SavedModel", 1, () -> SavedModels.export(SeedModel.model(), weights, base));
  }

  /** Something that is timed. */
  private interface Task {
    Object run() throws Exception;
  }

  /** Tries until the machine has a moment for it; the first tries warm the JVM up. */
  private static void assertBelow(String what, double seconds, Task task) throws Exception {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < TRIES && (i < TRIES / 4 || best >= seconds); i++) {
      long start = System.nanoTime();
      Object made = task.run();
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
      assertTrue(made != null, what);
    }
    double found = best;
    System.out.printf("%s: %.3f s%n", what, found);
    assertTrue(found < seconds, () -> what + ": below " + seconds + " s, but " + found);
  }
}
