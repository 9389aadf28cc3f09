package kerava.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import kerava.graph.cuda.Diagnosis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.OptimizerOptions;

/** Where XLA is asked for and could have no effect, that is said. */
final class XlaTest {
  private static final Set<String> BOTH = Set.of("CPU", "GPU");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--tf_xla_cpu_global_jit",
        "--tf_xla_cpu_global_jit=true",
        "--tf_xla_clustering_debug --tf_xla_cpu_global_jit --tf_xla_min_cluster_size=2"
      })
  void compilesForACpuThatItIsAllowedFor(String flags) {
    assertEquals(Optional.empty(), Xla.problem("CPU", BOTH, Optional.of(flags)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "--tf_xla_auto_jit=2", "--tf_xla_cpu_global_jit=false", "tf_xla_cpu_global"})
  void saysWhatACpuLacks(String flags) {
    assertEquals(
        "jitCompile: expected --tf_xla_cpu_global_jit in the environment variable TF_XLA_FLAGS,"
            + " without which TensorFlow compiles nothing for a CPU, got \""
            + flags
            + "\". Set it before Java starts, as ./kerava does.",
        Xla.problem("CPU", BOTH, Optional.of(flags)).orElseThrow());
    assertTrue(Xla.problem("CPU", BOTH, Optional.empty()).orElseThrow().contains("got none. "));
  }

  @Test
  void asksNothingOfTheEnvironmentOnAGpu() {
    assertEquals(Optional.empty(), Xla.problem("GPU", BOTH, Optional.empty()));
  }

  @Test
  void saysThatTheBuildHasNone() {
    assertEquals(
        "jitCompile: expected a build of TensorFlow with XLA for a GPU, got one for [CPU]. Leave it"
            + " out here.",
        Xla.problem("GPU", Set.of("CPU"), Optional.empty()).orElseThrow());
    assertEquals(
        "jitCompile: expected a build of TensorFlow with XLA for a CPU, got one for none. Leave it"
            + " out here.",
        Xla.problem("CPU", Set.of(), Optional.empty()).orElseThrow());
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void isInTheBuildThatIsTested() {
    assertEquals(Diagnosis.make().gpuBuild() ? BOTH : Set.of("CPU"), Xla.compiled());
  }

  @Test
  void isOffUnlessAskedFor() {
    SessionOptions options = SessionOptions.on(Device.cpu());
    assertFalse(options.config().hasGraphOptions());
    assertEquals(
        OptimizerOptions.GlobalJitLevel.ON_2,
        options
            .withJitCompile(true)
            .config()
            .getGraphOptions()
            .getOptimizerOptions()
            .getGlobalJitLevel());
  }
}
