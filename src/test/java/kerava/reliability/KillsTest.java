package kerava.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** 24 kills: nothing is lost. {@code tools/reliability/kills} does more. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "A killed process says so by another number.")
final class KillsTest {
  private static final int CASES = 24;

  @Test
  void losesNothing() throws Exception {
    String[] args = {"--minutes", "5", "--count", "" + CASES, "--seed", "16"};
    Tally tally = Kills.run(Options.parse("kills", args, 0, 0), System.out);
    assertTrue(tally.cases() >= CASES, () -> "only " + tally.cases() + " processes were killed");
    assertEquals("", tally.lossLines());
  }
}
