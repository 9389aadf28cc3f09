package kerava.train;

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
 * @param transforms what happens to each batch before the model, in training only, in this order
 */
public record TrainerOptions(
    long seed, Device device, int replicas, List<BatchTransform> transforms) {
  /** Checks the arguments. */
  public TrainerOptions {
    transforms = List.copyOf(transforms);
    if (replicas < 0) {
      throw new IllegalArgumentException(
          "TrainerOptions replicas: expected at least 0, got " + replicas + ".");
    }
  }

  /** A random seed, any device, replicas chosen by device and model. */
  public static TrainerOptions defaults() {
    return new TrainerOptions(
        ThreadLocalRandom.current().nextLong(1L << 31), Device.auto(), 0, List.of());
  }

  /** The same options with a seed: the same seed on the same machine gives the same history. */
  public TrainerOptions withSeed(long value) {
    return new TrainerOptions(value, device, replicas, transforms);
  }

  /** The same options with a device. */
  public TrainerOptions withDevice(Device value) {
    return new TrainerOptions(seed, value, replicas, transforms);
  }

  /** The same options with a number of replicas. */
  public TrainerOptions withReplicas(int value) {
    return new TrainerOptions(seed, device, value, transforms);
  }

  /**
   * The same options with transforms of each batch, such as MixUp and CutMix, instead of those
   * before. They want a loss of targets.
   */
  public TrainerOptions withTransforms(BatchTransform... values) {
    return new TrainerOptions(seed, device, replicas, List.of(values));
  }
}
