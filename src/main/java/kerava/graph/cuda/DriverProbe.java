package kerava.graph.cuda;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the driver through its own API, which works without any other library of CUDA.
 *
 * @see <a href="https://docs.nvidia.com/cuda/cuda-driver-api/">NVIDIA: CUDA driver API</a>
 */
final class DriverProbe {
  static final String LIBRARY = "libcuda.so.1";

  private static final Path KERNEL_MODULE = Path.of("/proc/driver/nvidia/version");
  private static final Pattern VERSION =
      Pattern.compile("Kernel Module(?: for \\S+)?\\s+(\\d+\\.[\\d.]+)");
  private static final int NAME_BYTES = 256;
  private static final int CAPABILITY_MAJOR = 75;
  private static final int CAPABILITY_MINOR = 76;
  private static final int PATIENCE_SECONDS = 10;

  private final SystemLibraries system;

  DriverProbe(SystemLibraries system) {
    this.system = system;
  }

  Driver probe() {
    SystemLibraries.Opened opened = system.open(LIBRARY);
    Driver.CudaVersion none = new Driver.CudaVersion(0, 0);
    if (opened.path().isEmpty()) {
      return new Driver(version(), none, opened.path(), List.of(), opened.problem());
    }
    Calls calls = new Calls(NativeLibrary.getInstance(LIBRARY));
    Driver.CudaVersion cuda = none;
    List<Gpu> gpus = List.of();
    String problem = "";
    try {
      cuda = calls.version();
      gpus = gpus(calls);
    } catch (CallException | UnsatisfiedLinkError e) {
      problem = String.valueOf(e.getMessage()).strip();
    }
    return new Driver(version(), cuda, opened.path(), gpus, problem);
  }

  private static List<Gpu> gpus(Calls calls) throws CallException {
    calls.call("cuInit", 0);
    IntByReference count = new IntByReference();
    calls.call("cuDeviceGetCount", count);
    List<Gpu> gpus = new ArrayList<>();
    for (int i = 0; i < count.getValue(); i++) {
      gpus.add(gpu(calls, i));
    }
    return List.copyOf(gpus);
  }

  private static Gpu gpu(Calls calls, int index) throws CallException {
    IntByReference device = new IntByReference();
    calls.call("cuDeviceGet", device, index);
    LongByReference memory = new LongByReference();
    calls.call("cuDeviceTotalMem_v2", memory, device.getValue());
    try (Memory name = new Memory(NAME_BYTES)) {
      calls.call("cuDeviceGetName", name, NAME_BYTES, device.getValue());
      return new Gpu(
          index,
          name.getString(0),
          memory.getValue(),
          calls.attribute(CAPABILITY_MAJOR, device.getValue()),
          calls.attribute(CAPABILITY_MINOR, device.getValue()));
    }
  }

  /** The driver's refusal of a call. */
  private static final class CallException extends Exception {
    private static final long serialVersionUID = 1;

    CallException(String message) {
      super(message);
    }
  }

  private record Calls(NativeLibrary library) {
    void call(String function, Object... arguments) throws CallException {
      int result = library.getFunction(function).invokeInt(arguments);
      if (result != 0) {
        throw new CallException(function + ": " + words(result) + " (" + result + ")");
      }
    }

    Driver.CudaVersion version() throws CallException {
      IntByReference number = new IntByReference();
      call("cuDriverGetVersion", number);
      return Driver.CudaVersion.of(number.getValue());
    }

    int attribute(int attribute, int device) throws CallException {
      IntByReference value = new IntByReference();
      call("cuDeviceGetAttribute", value, attribute, device);
      return value.getValue();
    }

    private String words(int result) {
      PointerByReference text = new PointerByReference();
      library.getFunction("cuGetErrorString").invokeInt(new Object[] {result, text});
      Pointer words = text.getValue();
      return words == null ? "unknown error" : words.getString(0);
    }
  }

  /** From the kernel module, else from {@code nvidia-smi}. */
  private static Optional<String> version() {
    try {
      return parseVersion(Files.readString(KERNEL_MODULE));
    } catch (IOException e) {
      return fromTool();
    }
  }

  static Optional<String> parseVersion(String text) {
    Matcher matcher = VERSION.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Optional<String> fromTool() {
    try {
      Process tool =
          new ProcessBuilder("nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!tool.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        tool.destroyForcibly();
        return Optional.empty();
      }
      String answer =
          new String(tool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      return answer.lines().findFirst().filter(line -> line.matches("[\\d.]+"));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
