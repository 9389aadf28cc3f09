package kerava.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said where TensorFlow's native library is missing, and what is left of its log. */
final class NativeTensorFlowTest {
  private static UnsatisfiedLinkError cause() {
    return new UnsatisfiedLinkError(
        "no jnitensorflow in java.library.path: " + "/usr/lib".repeat(50));
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-x86_64", "linux-arm64", "macosx-arm64", "windows-x86_64"})
  void namesTheDependencyToAdd(String platform) {
    String text = NativeTensorFlow.problem(platform, false, cause());
    assertTrue(
        text.contains("org.tensorflow:tensorflow-core-native:1.1.0:" + platform + " "), text);
    assertTrue(text.contains("classifier " + platform + ")"), text);
    assertTrue(text.length() < 300, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"macosx-x86_64", "linux-ppc64le", "windows-arm64", "android-arm64"})
  void saysWhereThereIsNone(String platform) {
    String text = NativeTensorFlow.problem(platform, false, cause());
    assertTrue(text.contains("got " + platform + "."), text);
    assertTrue(text.length() < 300, text);
  }

  @Test
  void saysWhatTheLoaderSaysOfALibraryThatIsThere() {
    var cause = new UnsatisfiedLinkError("/x".repeat(200) + ": version `GLIBC_2.99' not found");
    String text =
        NativeTensorFlow.problem("linux-x86_64", true, new ExceptionInInitializerError(cause));
    assertTrue(text.contains("version `GLIBC_2.99' not found\""), text);
    assertTrue(text.length() < 300, text);
  }

  @Test
  void tellsTheVersionAndTheOperations() {
    assertTrue(NativeTensorFlow.version().startsWith("2."));
    assertTrue(NativeTensorFlow.operations().getOpCount() > 1000);
  }

  @Test
  void losesNothingButGreetings() {
    assertEquals(
        List.of("mine\n", "E0000 00:00:1795792860.1 7932 bad.cc:1] no memory\n", "half"),
        NativeLog.rest(
            """
            mine
            WARNING: All log messages before absl::InitializeLog() is called are written to STDERR
            I0000 00:00:1795792860.109440    7932 mlir_graph_optimization_pass.cc:401] MLIR V1
            E0000 00:00:1795792860.1 7932 bad.cc:1] no memory
            half"""));
  }
}
