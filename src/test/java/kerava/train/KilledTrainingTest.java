package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it trains, at any moment, loses nothing. */
final class KilledTrainingTest {
  private static final int KILLS = 5;

  @TempDir Path folder;

  @Test
  void endsWithTheWeightsOfOneThatWasNotKilled() throws IOException, InterruptedException {
    Path expected = folder.resolve("expected");
    Process whole = start(folder.resolve("other"), expected);
    int steps = lines(whole, Integer.MAX_VALUE);
    assertEquals(0, whole.waitFor());

    long seed = new Random().nextLong();
    System.out.println("KilledTrainingTest: seed " + seed);
    Random random = new Random(seed);
    Path own = folder.resolve("own");
    int kills = 0;
    for (int i = 0; i < KILLS; i++) {
      Process process = start(folder.resolve("backup"), own);
      // Some batches later, and then some microseconds: within a step, a backup, a move.
      int seen = lines(process, 1 + random.nextInt(steps / 3));
      TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
      kills += process.isAlive() && seen > 0 ? 1 : 0;
      process.destroyForcibly().waitFor();
    }
    Process last = start(folder.resolve("backup"), own);
    int left = lines(last, Integer.MAX_VALUE);
    assertEquals(0, last.waitFor());
    assertTrue(kills >= 2, kills + " of the processes were killed while they trained");
    assertTrue(left < steps, "the last process did " + left + " of " + steps + " steps");
    assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(own));
    assertFalse(Files.exists(folder.resolve("backup").resolve("training.backup")));
  }

  private static int lines(Process process, int most) throws IOException {
    BufferedReader out = process.inputReader();
    int count = 0;
    while (count < most && out.readLine() != null) {
      count++;
    }
    return count;
  }

  private static Process start(Path backup, Path weights) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                KilledTraining.class.getName(),
                backup.toString(),
                weights.toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
