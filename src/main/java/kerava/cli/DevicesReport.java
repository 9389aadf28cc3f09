package kerava.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kerava.graph.Device;
import kerava.graph.Devices;
import kerava.graph.NativeTensorFlow;
import kerava.graph.cuda.Diagnosis;
import kerava.graph.cuda.Driver;
import kerava.graph.cuda.Gpu;
import kerava.graph.cuda.LibraryState;
import org.bytedeco.javacpp.Loader;

/**
 * What {@code kerava devices} prints.
 *
 * @param devices what TensorFlow computes on
 * @param diagnosis what the machine has for a GPU
 */
record DevicesReport(List<Devices.Info> devices, Diagnosis diagnosis) {
  private static final double GIBIBYTE = 1 << 30;
  private static final String CACHE = "CUDA_CACHE_MAXSIZE";

  long gpus() {
    return devices.stream().filter(device -> device.type().equals("GPU")).count();
  }

  /** Whether TensorFlow computes there when asked to. */
  boolean offers(Device device) {
    return device.kind() != Device.Kind.GPU || device.index().orElse(0) < gpus();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("TensorFlow " + NativeTensorFlow.version() + ", native build " + build());
    lines.add("");
    lines.add("TensorFlow computes on:");
    for (Devices.Info device : devices) {
      lines.add(row("  %-16s %-4s %s", device.name(), device.type(), gibibytes(memory(device))));
    }
    lines.add("");
    lines.add("NVIDIA driver: " + driver());
    diagnosis.driver().gpus().forEach(gpu -> lines.add("  " + describe(gpu)));
    if (!diagnosis.libraries().isEmpty()) {
      lines.add("");
      lines.add("CUDA libraries that TensorFlow opens, and those behind them:");
      diagnosis.libraries().forEach(state -> lines.add("  " + describe(state)));
    }
    lines.add("");
    lines.addAll(verdict());
    return lines;
  }

  private List<String> verdict() {
    if (gpus() > 0) {
      return List.of("A GPU is used where --device is auto, gpu or gpu:N.");
    }
    List<String> lines = new ArrayList<>(List.of("No GPU is seen:"));
    diagnosis.problems().forEach(problem -> lines.add("  " + problem));
    if (diagnosis.problems().isEmpty()) {
      lines.add(
          "  Nothing that Kerava knows of is missing: TF_CPP_MIN_LOG_LEVEL=0 shows TensorFlow's own"
              + " words.");
    }
    return lines;
  }

  private String driver() {
    Driver driver = diagnosis.driver();
    if (driver.library().isEmpty()) {
      return "missing (" + driver.problem() + ")";
    }
    return driver.version().orElse("of a version that the system does not tell")
        + ", for CUDA up to "
        + driver.cuda()
        + ", "
        + driver.library().get()
        + (driver.problem().isEmpty() ? "" : " (" + driver.problem() + ")");
  }

  private static String describe(Gpu gpu) {
    String code =
        switch (gpu.code()) {
          case COMPILED -> "TensorFlow's code for it is compiled";
          case AT_FIRST_USE ->
              "the driver compiles TensorFlow's code for it at first use: minutes, once; "
                  + CACHE
                  + " is "
                  + cache().map(size -> size + " bytes").orElse("not set, so it may not be kept");
          case NONE -> "TensorFlow has no code for one so old";
        };
    return row(
        "%d  %s, %s, compute capability %s: %s",
        gpu.index(), gpu.name(), gibibytes(gpu.memoryBytes()), gpu.capability(), code);
  }

  private static String describe(LibraryState state) {
    String where =
        state
            .path()
            .map(path -> "found    " + path + (state.fromMaven() ? " (from Maven)" : ""))
            .orElseGet(
                () ->
                    "missing  " + state.problem() + "; package " + state.library().systemPackage());
    return row("%-40s %s", state.library().soname(), where);
  }

  String json() throws JsonProcessingException {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("tensorflow", NativeTensorFlow.version());
    root.put("native_build", build());
    root.put("gpu_usable", gpus() > 0);
    for (Devices.Info device : devices) {
      ObjectNode node = root.withArray("devices").addObject();
      node.put("name", device.name()).put("type", device.type());
      node.put("memory_bytes", memory(device));
    }
    put(root.putObject("driver"), diagnosis.driver());
    root.putArray("gpus");
    diagnosis.driver().gpus().forEach(gpu -> put(root.withArray("gpus").addObject(), gpu));
    root.putArray("libraries");
    for (LibraryState state : diagnosis.libraries()) {
      put(root.withArray("libraries").addObject(), state);
    }
    root.put("code_cache_bytes", cache().orElse(null));
    root.putArray("problems");
    diagnosis.problems().forEach(root.withArray("problems")::add);
    return root.toPrettyString();
  }

  private static void put(ObjectNode node, Driver driver) {
    node.put("found", driver.library().isPresent());
    node.put("version", driver.version().orElse(null));
    node.put("cuda", driver.library().isPresent() ? driver.cuda().toString() : null);
    node.put("path", driver.library().map(Path::toString).orElse(null));
    node.put("problem", driver.problem());
  }

  private static void put(ObjectNode node, Gpu gpu) {
    node.put("index", gpu.index()).put("name", gpu.name());
    node.put("memory_bytes", gpu.memoryBytes()).put("compute_capability", gpu.capability());
    node.put("code", gpu.code().name().toLowerCase(Locale.ROOT));
  }

  private static void put(ObjectNode node, LibraryState state) {
    node.put("name", state.library().soname()).put("found", state.found());
    node.put("path", state.path().map(Path::toString).orElse(null));
    node.put("from_maven", state.fromMaven());
    node.put("package", state.library().systemPackage());
    node.put("opened_by", state.library().openedBy()).put("problem", state.problem());
  }

  private static Optional<String> cache() {
    return Optional.ofNullable(System.getenv(CACHE));
  }

  /** TensorFlow names a fixed number for every CPU; the machine's own says more. */
  private static long memory(Devices.Info device) {
    return device.type().equals("CPU")
            && ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : device.memoryBytes();
  }

  private static String gibibytes(long bytes) {
    return row("%.1f GiB", bytes / GIBIBYTE);
  }

  private static String row(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private String build() {
    return Loader.getPlatform() + (diagnosis.gpuBuild() ? "-gpu" : "");
  }
}
