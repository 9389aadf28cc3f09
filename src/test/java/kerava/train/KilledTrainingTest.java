package kerava.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    int steps = lines(whole, Integer.MAX_VALUE).size();
    assertEquals(0, whole.waitFor());

    long seed = new Random().nextLong();
    System.out.println("KilledTrainingTest: seed " + seed);
    Random random = new Random(seed);
    Path own = folder.resolve("own");
    int kills = 0;
    // One that comes to its end leaves no backup: the rest of the run must stay for the last one.
    for (int place = 0; kills < KILLS && place < steps / 2; kills++) {
      Process process = start(folder.resolve("backup"), own);
      // Some batches later, and then some microseconds: within a step, a backup, a move.
      List<String> seen = lines(process, 1 + random.nextInt(steps / 6));
      TimeUnit.MICROSECONDS.sleep(random.nextInt(5_000));
      process.toHandle().destroyForcibly();
      seen.addAll(lines(process, Integer.MAX_VALUE));
      assertNotEquals(0, process.waitFor(), "a process was done before it was killed");
      place = place(seen.get(seen.size() - 1));
    }
    Process last = start(folder.resolve("backup"), own);
    int left = lines(last, Integer.MAX_VALUE).size();
    assertEquals(0, last.waitFor());
    assertTrue(kills >= 2, kills + " of the processes were killed while they trained");
    assertTrue(left < steps, "the last process did " + left + " of " + steps + " steps");
    assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(own));
    assertFalse(Files.exists(folder.resolve("backup").resolve("training.backup")));
  }

  private static List<String> lines(Process process, int most) throws IOException {
    BufferedReader out = process.inputReader();
    List<String> lines = new ArrayList<>();
    for (String line; lines.size() < most && (line = out.readLine()) != null; ) {
      lines.add(line);
    }
    return lines;
  }

  /** The number of the batch that a line says has begun, counted over the whole run. */
  private static int place(String line) {
    String[] words = line.split(" ", -1);
    return Integer.parseInt(words[1]) * KilledTraining.BATCHES + Integer.parseInt(words[2]);
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
