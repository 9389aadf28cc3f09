package kerava.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kerava.graph.Array;

/** Compares numbers. */
public final class Near {
  private Near() {}

  /** Fails unless shapes are equal and no two numbers differ by more. */
  public static void assertNear(Array expected, Array actual, double most) {
    assertEquals(expected.shape(), actual.shape());
    double worst = 0;
    for (int i = 0; i < expected.size(); i++) {
      double difference = Math.abs((double) expected.floats()[i] - actual.floats()[i]);
      // Not a number is not near to anything.
      worst =
          difference <= worst ? worst : Double.isNaN(difference) ? Double.MAX_VALUE : difference;
    }
    double found = worst;
    assertTrue(found <= most, () -> "at most " + most + " apart, but " + found);
  }
}
