package kerava.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kerava.graph.Array;

/** Compares numbers. */
public final class Near {
  private Near() {}

  /** Fails unless shapes are equal, whatever the types, and no two numbers differ by more. */
  public static void assertNear(Array expected, Array actual, double most) {
    assertEquals(expected.shape(), actual.shape());
    float[] right = expected.to(Array.Type.FLOAT32).floats();
    float[] found = actual.to(Array.Type.FLOAT32).floats();
    double worst = 0;
    for (int i = 0; i < expected.size(); i++) {
      double difference = Math.abs((double) right[i] - found[i]);
      // Not a number is not near to anything.
      worst =
          difference <= worst ? worst : Double.isNaN(difference) ? Double.MAX_VALUE : difference;
    }
    double apart = worst;
    assertTrue(apart <= most, () -> "at most " + most + " apart, but " + apart);
  }
}
