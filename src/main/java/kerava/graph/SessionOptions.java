package kerava.graph;

import java.util.List;
import java.util.stream.Collectors;
import org.tensorflow.DeviceSpec;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * How a session runs.
 *
 * @param device where
 * @param intraOpThreads threads within one operation; 0 leaves it to TensorFlow. The first session
 *     of a process decides for all, unless the environment variable TF_OVERRIDE_GLOBAL_THREADPOOL
 *     is 1.
 * @param spread the devices that the graph's passes are placed on; none: all on the first one
 * @param jitCompile whether XLA compiles what it can of the graph; on a CPU only where the
 *     environment variable TF_XLA_FLAGS has --tf_xla_cpu_global_jit
 */
public record SessionOptions(
    Device device, int intraOpThreads, List<Device> spread, boolean jitCompile) {
  /** Copies the devices. */
  public SessionOptions {
    spread = List.copyOf(spread);
  }

  /**
   * As many threads as serve best on a device where one operation runs after the other. The
   * variable TF_NUM_INTRAOP_THREADS, which TensorFlow itself reads, decides otherwise.
   */
  public static SessionOptions on(Device device) {
    return new SessionOptions(device, IntraOpThreads.wide(), List.of(), false);
  }

  /**
   * As many threads as serve best on a device where several operations, or runs, keep the cores
   * busy: with two or three cores one an operation, as no thread then waits for another.
   */
  public static SessionOptions sideBySide(Device device) {
    return new SessionOptions(device, IntraOpThreads.narrow(), List.of(), false);
  }

  /**
   * The same options for a graph that is placed on several devices.
   *
   * @param devices CPUs or GPUs; the first one has the weights
   */
  public SessionOptions spreadOver(List<Device> devices) {
    return new SessionOptions(devices.get(0), intraOpThreads, devices, jitCompile);
  }

  /** The same options, with or without XLA. */
  public SessionOptions withJitCompile(boolean value) {
    return new SessionOptions(device, intraOpThreads, spread, value);
  }

  /** TensorFlow's name for one of the devices that the graph is spread over. */
  public DeviceSpec place(int index) {
    Device.Kind kind = spread.get(index).kind();
    // A session numbers its devices of a kind anew.
    long number = spread.subList(0, index).stream().filter(d -> d.kind() == kind).count();
    return DeviceSpec.newBuilder()
        .deviceType(kind == Device.Kind.GPU ? DeviceSpec.DeviceType.GPU : DeviceSpec.DeviceType.CPU)
        .deviceIndex((int) number)
        .build();
  }

  /** The number of processors that Java sees. */
  public static int cores() {
    return IntraOpThreads.cores();
  }

  /** Whether there are two or three cores, which operations of one thread keep busy better. */
  public static boolean fewCores() {
    return IntraOpThreads.fewCores();
  }

  /** How many threads an operation meets in a session that is opened now. */
  public int threads() {
    return IntraOpThreads.expected(intraOpThreads);
  }

  ConfigProto config() {
    IntraOpThreads.claim(intraOpThreads);
    GPUOptions.Builder gpu = GPUOptions.newBuilder().setAllowGrowth(true);
    gpu.setVisibleDeviceList(visibleGpus());
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setAllowSoftPlacement(true)
            .setIntraOpParallelismThreads(intraOpThreads)
            .setGpuOptions(gpu);
    if (jitCompile) {
      config.setGraphOptions(Xla.options());
    }
    if (spread.isEmpty() ? device.kind() == Device.Kind.CPU : count(Device.Kind.GPU) == 0) {
      config.putDeviceCount("GPU", 0);
    }
    if (count(Device.Kind.CPU) > 1) {
      config.putDeviceCount("CPU", count(Device.Kind.CPU));
    }
    return config.build();
  }

  private int count(Device.Kind kind) {
    return (int) spread.stream().filter(each -> each.kind() == kind).count();
  }

  private String visibleGpus() {
    List<Device> devices = spread.isEmpty() ? List.of(device) : spread;
    return devices.stream()
        .filter(each -> each.kind() == Device.Kind.GPU)
        .map(each -> String.valueOf(each.index().orElse(0)))
        .collect(Collectors.joining(","));
  }
}
