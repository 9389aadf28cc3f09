package kerava.train;

import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import kerava.BatchTransform;
import kerava.graph.Device;

/**
 * How a training graph is built.
 *
 * @param seed what first weights, shuffling and all randomness in layers follow from
 * @param device where it runs
 * @param replicas into how many parts each batch is split that are computed side by side with
 *     shared weights; 0 chooses by device and model
 * @param devices what the parts are spread over in turn; none: all on {@code device}
 * @param transforms what happens to each batch before the model, in training only, in this order
 * @param jitCompile whether XLA compiles what it can of the graph
 */
public record TrainerOptions(
    long seed,
    Device device,
    int replicas,
    List<Device> devices,
    List<BatchTransform> transforms,
    boolean jitCompile) {
  /** Checks the arguments. */
  public TrainerOptions {
    devices = List.copyOf(devices);
    transforms = List.copyOf(transforms);
    if (replicas < 0) {
      throw new IllegalArgumentException(
          "TrainerOptions replicas: expected at least 0, got " + replicas + ".");
    }
    boolean named = devices.stream().allMatch(each -> each.kind() != Device.Kind.AUTO);
    if (!named || new HashSet<>(devices).size() < devices.size()) {
      throw new IllegalArgumentException(
          "TrainerOptions devices: expected CPUs or GPUs, each once, got " + devices + ".");
    }
  }

  /** A random seed, any device, replicas chosen by device and model. */
  public static TrainerOptions defaults() {
    long seed = ThreadLocalRandom.current().nextLong(1L << 31);
    return new TrainerOptions(seed, Device.auto(), 0, List.of(), List.of(), false);
  }

  /** The same options with a seed: the same seed on the same machine gives the same history. */
  public TrainerOptions withSeed(long value) {
    return new TrainerOptions(value, device, replicas, devices, transforms, jitCompile);
  }

  /** The same options with one device. */
  public TrainerOptions withDevice(Device value) {
    return new TrainerOptions(seed, value, replicas, List.of(), transforms, jitCompile);
  }

  /** The same options with a number of replicas. */
  public TrainerOptions withReplicas(int value) {
    return new TrainerOptions(seed, device, value, devices, transforms, jitCompile);
  }

  /**
   * The same options with several devices, each of which computes a part of every batch. The
   * gradients are those of the whole batch. Layers that gather statistics of a batch gather those
   * of a part: the moving averages of batch normalization are those of the first device.
   *
   * @param values CPUs or GPUs, each once; the first one has the weights
   * @throws IllegalArgumentException if there is none, or one twice
   */
  public TrainerOptions withDevices(Device... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(
          "TrainerOptions devices: expected at least one, got none.");
    }
    return new TrainerOptions(seed, values[0], replicas, List.of(values), transforms, jitCompile);
  }

  /**
   * The same options with transforms of each batch, such as MixUp and CutMix, instead of those
   * before. They want a loss of targets.
   */
  public TrainerOptions withTransforms(BatchTransform... values) {
    return new TrainerOptions(seed, device, replicas, devices, List.of(values), jitCompile);
  }

  /**
   * The same options with or without XLA, which compiles groups of operations, anew for each size
   * of batch; without it by default. On a CPU it wants {@code --tf_xla_cpu_global_jit} in the
   * environment variable {@code TF_XLA_FLAGS}, and is slower.
   *
   * @see <a href="https://keras.io/api/models/model_training_apis/#compile-method">Keras: compile,
   *     jit_compile</a>
   */
  public TrainerOptions withJitCompile(boolean value) {
    return new TrainerOptions(seed, device, replicas, devices, transforms, value);
  }
}
