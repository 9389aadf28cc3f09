package kerava.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * 2,000 steps, 20,000 predictions, 20 of each that is opened and closed. So short a run is warm-up
 * for the most part, so that 10 % are allowed; {@code tools/reliability/soak} allows 2 %.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Only Linux says what a process has open.")
final class SoakTest {
  private static final double PART = 0.02;
  private static final double MOST = 0.10;

  @Test
  void staysFlat() throws Exception {
    Tally tally = Soak.run(Options.parse("soak", new String[0], 5, 5), PART, MOST, System.out);
    assertEquals("", tally.lossLines());
    for (Soak.Phase phase : Soak.Phase.values()) {
      assertTrue(tally.of(phase.name(), "done") >= phase.times(PART), phase.name());
    }
  }
}
