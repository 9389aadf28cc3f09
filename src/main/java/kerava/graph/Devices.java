package kerava.graph;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteDeviceList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListCount;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListMemoryBytes;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListName;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListType;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SessionListDevices;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import kerava.graph.cuda.Diagnosis;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.proto.ConfigProto;

/**
 * The devices that TensorFlow sees, through its C API: TensorFlow Java 1.1.0 does not list them.
 */
public final class Devices {
  /** How many GPUs there are, which does not change while a process runs; -1: not looked yet. */
  private static int gpus = -1;

  private Devices() {}

  /**
   * A device.
   *
   * @param name TensorFlow's name for it: {@code /device:GPU:0}
   * @param type {@code CPU} or {@code GPU}
   * @param memoryBytes the memory that TensorFlow may use there, in bytes
   */
  public record Info(String name, String type, long memoryBytes) {}

  /**
   * All devices. The first call in a process decides how much of a GPU's memory TensorFlow takes at
   * once, as the first session does.
   */
  public static List<Info> list() {
    return list(SessionOptions.on(Device.auto()));
  }

  @SuppressWarnings("try") // the scope frees what is made while it is open
  private static List<Info> list(SessionOptions how) {
    ConfigProto wanted = how.config();
    Graphs.beforeSession(wanted);
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      byte[] config = wanted.toByteArray();
      org.tensorflow.internal.c_api.global.tensorflow.TF_SetConfig(
          options, new org.bytedeco.javacpp.BytePointer(config), config.length, status);
      status.throwExceptionIfNotOK();
      TF_Session session = TF_Session.newSession(TF_Graph.newGraph(), options, status);
      status.throwExceptionIfNotOK();
      return list(session, status);
    }
  }

  private static List<Info> list(TF_Session session, TF_Status status) {
    TF_DeviceList devices = TF_SessionListDevices(session, status);
    status.throwExceptionIfNotOK();
    try {
      List<Info> all = new ArrayList<>();
      for (int i = 0; i < TF_DeviceListCount(devices); i++) {
        String name = TF_DeviceListName(devices, i, status).getString();
        all.add(
            new Info(
                name.substring(name.lastIndexOf('/')),
                TF_DeviceListType(devices, i, status).getString(),
                TF_DeviceListMemoryBytes(devices, i, status)));
      }
      return List.copyOf(all);
    } finally {
      TF_DeleteDeviceList(devices);
    }
  }

  /** How many GPUs TensorFlow sees. */
  public static int gpuCount() {
    return gpuCount(SessionOptions.on(Device.auto()).intraOpThreads());
  }

  private static synchronized int gpuCount(int intraOpThreads) {
    if (gpus < 0) {
      SessionOptions all = new SessionOptions(Device.auto(), intraOpThreads, List.of(), false);
      gpus = (int) list(all).stream().filter(device -> device.type().equals("GPU")).count();
    }
    return gpus;
  }

  /**
   * Whether a session with these options runs on a GPU. Where it has to look, it opens a session
   * with the same threads, as the first one of a process decides them.
   */
  public static boolean gpu(SessionOptions options) {
    return switch (options.device().kind()) {
      case GPU -> true;
      case CPU -> false;
      case AUTO -> gpuCount(options.intraOpThreads()) > 0;
    };
  }

  /**
   * The memory that TensorFlow may use on the device of a session with these options, in bytes;
   * what it says of a CPU means nothing.
   */
  public static long memoryBytes(SessionOptions options) {
    String type = gpu(options) ? "GPU" : "CPU";
    return list(options).stream()
        .filter(device -> device.type().equals(type))
        .mapToLong(Info::memoryBytes)
        .findFirst()
        .orElse(0);
  }

  /**
   * Refuses a GPU that TensorFlow does not see, where it would silently use the CPU.
   *
   * @throws IllegalStateException if the choice is such a GPU
   */
  static void require(SessionOptions options) {
    List<Device> devices =
        options.spread().isEmpty() ? List.of(options.device()) : options.spread();
    devices.stream()
        .filter(device -> device.kind() == Device.Kind.GPU)
        .forEach(device -> require(device, gpuCount(options.intraOpThreads())));
  }

  private static void require(Device device, int count) {
    int index = device.index().orElse(0);
    if (index >= count) {
      throw new IllegalStateException(
          "device gpu:"
              + index
              + ": expected a GPU that TensorFlow sees, got "
              + counted(count)
              + ". "
              + why(count)
              + " \"kerava devices\" says more; see docs/troubleshooting.md#the-gpu-is-not-used.");
    }
  }

  /** A number of GPUs in words: none, 1 GPU, 2 GPUs. */
  public static String counted(long count) {
    return count == 0 ? "none" : count == 1 ? "1 GPU" : count + " GPUs";
  }

  private static String why(int count) {
    if (count > 0) {
      return "The first is gpu:0.";
    }
    Diagnosis diagnosis = Diagnosis.make();
    List<String> problems = diagnosis.problems();
    if (problems.isEmpty()) {
      return "Nothing that Kerava knows of is missing: TF_CPP_MIN_LOG_LEVEL=0 shows TensorFlow's"
          + " own words.";
    }
    // With the CPU build the libraries are the third worry.
    return problems.stream()
        .limit(diagnosis.gpuBuild() ? problems.size() : 2)
        .collect(Collectors.joining(" "));
  }
}
