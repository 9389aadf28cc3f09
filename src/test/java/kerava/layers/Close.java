package kerava.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kerava.graph.Array;

/** Compares numbers that were computed in different orders. */
final class Close {
  private Close() {}

  /** Equal within a tolerance, which grows with the numbers where they are above 1. */
  static void assertClose(Array expected, Array got, double tolerance, String what) {
    assertEquals(expected.shape(), got.shape(), what);
    for (int i = 0; i < expected.size(); i++) {
      double wanted = expected.floats()[i];
      double difference = Math.abs(wanted - got.floats()[i]);
      assertTrue(
          difference <= tolerance * Math.max(1, Math.abs(wanted)),
          what + " at " + i + ": expected " + wanted + ", got " + got.floats()[i]);
    }
  }
}
