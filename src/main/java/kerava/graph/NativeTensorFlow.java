package kerava.graph;

import java.util.Set;
import kerava.graph.cuda.MavenCuda;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.OpList;

/**
 * TensorFlow's native library. It comes apart from Kerava, one file a platform, and everything that
 * computes goes through {@link #load} first: so it is loaded quietly, after CUDA's libraries, or
 * missed with a sentence.
 *
 * @see <a href="https://github.com/tensorflow/java#using-maven-artifacts">TensorFlow Java: the
 *     artifacts</a>
 */
public final class NativeTensorFlow {
  /** The platforms that TensorFlow Java 1.1.0 has a library for, as it and JavaCPP call them. */
  static final Set<String> PLATFORMS =
      Set.of("linux-x86_64", "linux-arm64", "macosx-arm64", "windows-x86_64");

  private static final String ARTIFACT = "org.tensorflow:tensorflow-core-native:1.1.0:";

  /** JavaCPP would refuse memory at twice Java's heap, although TensorFlow's is not Java's. */
  private static final String LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

  private static boolean loaded;

  private NativeTensorFlow() {}

  /**
   * Loads the library, once in a process.
   *
   * @throws IllegalStateException if it is not on the class path, or cannot be loaded; the message
   *     names the dependency to add
   */
  public static synchronized void load() {
    if (loaded) {
      return;
    }
    if (System.getProperty(LIMIT) == null) {
      System.setProperty(LIMIT, "0");
    }
    try {
      NativeUnpacking.alone(
          () -> {
            MavenCuda.load();
            NativeLog.lower();
            TensorFlow.version();
          });
    } catch (LinkageError e) {
      throw new IllegalStateException(problem(Loader.getPlatform(), packed(), e), e);
    }
    loaded = true;
  }

  /**
   * The version of the library: {@code 2.18.0}.
   *
   * @throws IllegalStateException as {@link #load} does
   */
  public static String version() {
    load();
    return TensorFlow.version();
  }

  /**
   * All operations that the library has.
   *
   * @throws IllegalStateException as {@link #load} does
   */
  public static OpList operations() {
    load();
    return TensorFlow.registeredOpList();
  }

  /** Whether the class path holds the library for this platform. */
  private static boolean packed() {
    String folder = "/org/tensorflow/internal/c_api/" + Loader.getPlatform() + "/";
    return Set.of("libjnitensorflow.so", "libjnitensorflow.dylib", "jnitensorflow.dll").stream()
        .anyMatch(name -> TensorFlow.class.getResource(folder + name) != null);
  }

  /**
   * Why the library could not be loaded, and what to do.
   *
   * @param platform as JavaCPP calls it
   * @param packed whether the class path holds the library for it
   * @param cause what loading it ended with
   */
  static String problem(String platform, boolean packed, LinkageError cause) {
    if (!PLATFORMS.contains(platform)) {
      return "TensorFlow: expected Linux on x86_64 or arm64, macOS on arm64, or Windows on x86_64,"
          + " which TensorFlow Java 1.1.0 has native libraries for, got "
          + platform
          + ". There is none to add.";
    }
    if (!packed) {
      return "TensorFlow: expected its native library for "
          + platform
          + " on the class path, got none. Add the dependency "
          + ARTIFACT
          + platform
          + " (tensorflow-core-native with the classifier "
          + platform
          + "); see \"Use it in your project\" in Kerava's README.";
    }
    return "TensorFlow: expected to load its native library for "
        + platform
        + ", got \""
        + words(cause)
        + "\". Is the system new enough for it, and the folder ~/.javacpp writable?";
  }

  private static String words(Throwable problem) {
    Throwable first = problem;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String text = String.valueOf(first.getMessage()).lines().findFirst().orElse("");
    // The loader's words end with what is wrong, after the path of the file.
    return text.length() <= 120 ? text : "..." + text.substring(text.length() - 117);
  }
}
