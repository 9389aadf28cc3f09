package kerava.graph;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * How a session runs.
 *
 * @param device where
 * @param intraOpThreads threads within one operation; 0 leaves it to TensorFlow. The first session
 *     of a process decides for all, unless the environment variable TF_OVERRIDE_GLOBAL_THREADPOOL
 *     is 1.
 */
public record SessionOptions(Device device, int intraOpThreads) {
  /**
   * As many threads as serve best on a device where one operation runs after the other. The
   * variable TF_NUM_INTRAOP_THREADS, which TensorFlow itself reads, decides otherwise.
   */
  public static SessionOptions on(Device device) {
    return new SessionOptions(device, IntraOpThreads.wide());
  }

  /**
   * As many threads as serve best on a device where several operations, or runs, keep the cores
   * busy: with two or three cores one an operation, as no thread then waits for another.
   */
  public static SessionOptions sideBySide(Device device) {
    return new SessionOptions(device, IntraOpThreads.narrow());
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
    device.index().ifPresent(index -> gpu.setVisibleDeviceList(String.valueOf(index)));
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setAllowSoftPlacement(true)
            .setIntraOpParallelismThreads(intraOpThreads)
            .setGpuOptions(gpu);
    if (device.kind() == Device.Kind.CPU) {
      config.putDeviceCount("GPU", 0);
    }
    return config.build();
  }
}
