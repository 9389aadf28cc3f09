package kerava.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * 6,000 damaged files of all formats: each is read or refused, soon, and by no other exception. A
 * seed that {@code -Dkerava.fuzz.seed} names is had instead of a fresh one, and {@code
 * -Dkerava.fuzz.count} as many files. {@code tools/reliability/fuzz} reads more.
 */
final class FuzzTest {
  private static final int CASES = Integer.getInteger("kerava.fuzz.count", 6_000);

  @Test
  void readsOrRefuses() throws Exception {
    String seed = System.getProperty("kerava.fuzz.seed", String.valueOf(System.nanoTime()));
    System.out.println("FuzzTest: -Dkerava.fuzz.seed=" + seed);
    String kept = Path.of("target", "reliability", "fuzz-losses").toString();
    String[] args = {"--minutes", "5", "--count", "" + CASES, "--seed", seed, "--kept", kept};
    Tally tally = Fuzz.run(Options.parse("fuzz", args, 0, 0), System.out);
    assertTrue(tally.cases() >= CASES, () -> "only " + tally.cases() + " files were read");
    for (String kind :
        List.of(
            "archive",
            "old .h5",
            "weights",
            "pickle",
            "npy",
            "records",
            "backup",
            "SavedModel's graph",
            "SavedModel's variables",
            "Keras 2 folder",
            "image png")) {
      assertTrue(tally.of(kind, "refused") > 0, () -> "damage is noticed: " + kind);
    }
    assertEquals("", tally.lossLines());
  }
}
