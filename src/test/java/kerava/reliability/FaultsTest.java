package kerava.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

/** 300 faults, some of each writer: nothing is lost. {@code tools/reliability/faults} runs more. */
final class FaultsTest {
  private static final int CASES = 300;

  @Test
  void losesNothing() throws Exception {
    assumeTrue(FaultControl.available(), "Skipped: the faults need Linux and gcc.");
    String[] args = {"--minutes", "5", "--count", "" + CASES, "--seed", "16"};
    Tally tally = Faults.run(Options.parse("faults", args, 0, 0), System.out);
    assertTrue(tally.cases() >= CASES, () -> "only " + tally.cases() + " cases were run");
    assertTrue(tally.of("archive", "refused") > 0, "faults reach what writes");
    assertEquals("", tally.lossLines());
  }
}
