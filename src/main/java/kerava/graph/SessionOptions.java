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
  /** TensorFlow's own choice of threads, on a device. */
  public static SessionOptions on(Device device) {
    return new SessionOptions(device, 0);
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
