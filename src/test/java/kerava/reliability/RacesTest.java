package kerava.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** One round of each race: 36 exports, two pairs of trainings, two processes that unpack. */
final class RacesTest {
  private static final int EXPORTS = 36;

  @Test
  void allGetWhatTheyWant() throws Exception {
    String[] args = {"--minutes", "5", "--count", "1"};
    Tally tally = Races.run(Options.parse("races", args, 0, 0), System.out);
    assertEquals("", tally.lossLines());
    assertEquals(EXPORTS, tally.of("exports", "whole"));
    assertTrue(tally.of("unpacking", "works") > 0, "the library was unpacked");
  }
}
