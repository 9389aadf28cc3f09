package kerava.graph;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.KernelDef;
import org.tensorflow.proto.KernelList;
import org.tensorflow.proto.OptimizerOptions;

/**
 * XLA, the compiler within TensorFlow.
 *
 * @see <a href="https://openxla.org/xla/tf2xla#auto-clustering">XLA: auto-clustering</a>
 */
final class Xla {
  private static final String VARIABLE = "TF_XLA_FLAGS";
  private static final String FLAG = "--tf_xla_cpu_global_jit";

  /** The operation that a group of operations becomes; builds without XLA have no kernel for it. */
  private static final String COMPILE = "_XlaCompile";

  /**
   * Before the type of a device that XLA itself is there for. The bare type stands in every build,
   * GPU in the CPU's as well.
   */
  private static final String BACKEND = "XLA_";

  private Xla() {}

  /** Has every group of operations compiled that can be. */
  static GraphOptions options() {
    return GraphOptions.newBuilder()
        .setOptimizerOptions(
            OptimizerOptions.newBuilder().setGlobalJitLevel(OptimizerOptions.GlobalJitLevel.ON_2))
        .build();
  }

  /**
   * Refuses to be asked for where TensorFlow would silently compile nothing.
   *
   * @throws IllegalStateException if it would
   */
  static void require(SessionOptions options) {
    if (options.jitCompile()) {
      Optional<String> flags = Optional.ofNullable(System.getenv(VARIABLE));
      problem(Devices.gpu(options) ? "GPU" : "CPU", compiled(), flags)
          .ifPresent(
              problem -> {
                throw new IllegalStateException(problem);
              });
    }
  }

  /**
   * Why nothing would be compiled, if so.
   *
   * @param type the type of the device
   * @param known the types of devices that this build of TensorFlow compiles for
   * @param flags the variable of the environment that TensorFlow reads
   */
  static Optional<String> problem(String type, Set<String> known, Optional<String> flags) {
    if (!known.contains(type)) {
      return Optional.of(
          "jitCompile: expected a build of TensorFlow with XLA for a "
              + type
              + ", got one for "
              + (known.isEmpty() ? "none" : known)
              + ". Leave it out here.");
    }
    // TensorFlow groups operations of a GPU on its own account, those of a CPU only if told to.
    if (type.equals("CPU") && !flags.orElse("").matches("(.*\\s)?" + FLAG + "(=true)?(\\s.*)?")) {
      return Optional.of(
          "jitCompile: expected "
              + FLAG
              + " in the environment variable "
              + VARIABLE
              + ", without which TensorFlow compiles nothing for a CPU, got "
              + flags.map(words -> "\"" + words + "\"").orElse("none")
              + ". Set it before Java starts, as ./kerava does.");
    }
    return Optional.empty();
  }

  /** The types of devices that XLA compiles for in this build of TensorFlow. */
  @SuppressWarnings("try") // the scope frees what is made while it is open
  static Set<String> compiled() {
    NativeTensorFlow.load();
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_Buffer buffer = tensorflow.TF_GetRegisteredKernelsForOp(COMPILE, status);
      status.throwExceptionIfNotOK();
      byte[] bytes = new byte[(int) buffer.length()];
      new BytePointer(buffer.data()).get(bytes);
      tensorflow.TF_DeleteBuffer(buffer);
      return KernelList.parseFrom(bytes).getKernelList().stream()
          .map(KernelDef::getDeviceType)
          .filter(type -> type.startsWith(BACKEND))
          .map(type -> type.substring(BACKEND.length()))
          .collect(Collectors.toUnmodifiableSet());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("TensorFlow's list of kernels: " + e.getMessage(), e);
    }
  }
}
