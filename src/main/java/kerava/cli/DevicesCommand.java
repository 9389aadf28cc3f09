package kerava.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import kerava.graph.Devices;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;
import org.tensorflow.TensorFlow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kerava devices}. */
@Command(
    name = "devices",
    description = "Lists what TensorFlow can compute on, and which build of it is in use.",
    footer = {"", "Example:", "  kerava devices"})
final class DevicesCommand implements Callable<Integer> {
  private static final double GIBIBYTE = 1 << 30;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Console console = Console.of(spec);
    List<Devices.Info> devices = Devices.list();
    console.line("TensorFlow " + TensorFlow.version() + ", " + build());
    for (Devices.Info device : devices) {
      console.line(
          String.format(
              Locale.ROOT,
              "%-16s %-4s %.1f GiB",
              device.name(),
              device.type(),
              memory(device) / GIBIBYTE));
    }
    if (devices.stream().noneMatch(device -> device.type().equals("GPU"))) {
      console.line(advice());
    }
    return 0;
  }

  /** TensorFlow names a fixed figure for every CPU; the machine's own says more. */
  private static double memory(Devices.Info device) {
    return device.type().equals("CPU")
            && ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : device.memoryBytes();
  }

  private static boolean gpuBuild() {
    return DevicesCommand.class.getResource("/org/tensorflow/internal/c_api/linux-x86_64-gpu")
        != null;
  }

  private static String build() {
    return "native build " + Loader.getPlatform() + (gpuBuild() ? "-gpu" : "");
  }

  private static String advice() {
    return gpuBuild()
        ? "No GPU is seen: expected an NVIDIA driver, CUDA 12 and cuDNN 9 on the library path."
        : "No GPU is seen: this is the CPU build. KERAVA_GPU=1 starts the CUDA build (Linux on"
            + " x86_64).";
  }
}
