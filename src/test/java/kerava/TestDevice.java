package kerava;

import kerava.graph.Device;
import org.junit.jupiter.api.Tag;

/**
 * Where golden tests compute: on the CPU, or where the environment variable KERAVA_TEST_DEVICE
 * says, such as {@code gpu}. Those tagged {@value #TAG} heed it; {@code tools/gpu/check} runs them.
 */
public final class TestDevice {
  /** The {@link Tag} of the tests that heed it. */
  public static final String TAG = "gpu";

  /** A GPU adds in other orders than the CPU does. */
  private static final double GPU_FACTOR = 10;

  private TestDevice() {}

  /** The device. */
  public static Device get() {
    String chosen = System.getenv("KERAVA_TEST_DEVICE");
    return chosen == null ? Device.cpu() : Device.parse(chosen);
  }

  /** How far numbers may be apart there that may be this far apart on the CPU. */
  public static double tolerance(double cpu) {
    return get().kind() == Device.Kind.GPU ? GPU_FACTOR * cpu : cpu;
  }
}
