package kerava.graph;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * How a session runs.
 *
 * @param device where
 * @param intraOpThreads threads within one operation; 0 leaves it to TensorFlow. The first session
 *     of a process decides for all.
 */
public record SessionOptions(Device device, int intraOpThreads) {
  /** With fewer threads than this, oneDNN in TensorFlow 2.18 runs most kernels on one alone. */
  private static final int LEAST_THREADS = 4;

  /**
   * As many threads as serve best, on a device. The variable TF_NUM_INTRAOP_THREADS, which
   * TensorFlow itself reads, decides otherwise.
   */
  public static SessionOptions on(Device device) {
    int cores = Runtime.getRuntime().availableProcessors();
    boolean few = cores > 1 && cores < LEAST_THREADS;
    boolean chosen = System.getenv("TF_NUM_INTRAOP_THREADS") != null;
    return new SessionOptions(device, few && !chosen ? LEAST_THREADS : 0);
  }

  ConfigProto config() {
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
