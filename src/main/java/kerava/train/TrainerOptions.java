package kerava.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import kerava.BatchTransform;
import kerava.Model;
import kerava.WeightSpec;
import kerava.graph.Device;
import kerava.train.graph.DistributionStrategy;
import kerava.train.graph.TrainingGraph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How a training graph is built; immutable. */
public final class TrainerOptions {
  private long seed = ThreadLocalRandom.current().nextLong(1L << 31);
  private Device device = Device.auto();
  private int replicas;
  private List<Device> devices = List.of();
  private List<BatchTransform> transforms = List.of();
  private List<GradientFactor> gradientFactors = List.of();
  private boolean jitCompile;

  private TrainerOptions() {}

  /** A random seed, any device, replicas chosen by device and model. */
  public static TrainerOptions defaults() {
    return new TrainerOptions();
  }

  /** The same options with a seed: the same seed on the same machine gives the same history. */
  public TrainerOptions withSeed(long value) {
    return with(copy -> copy.seed = value);
  }

  /** The same options with one device. */
  public TrainerOptions withDevice(Device value) {
    return with(
        copy -> {
          copy.device = value;
          copy.devices = List.of();
        });
  }

  /**
   * The same options with a number of replicas: into how many parts each batch is split that are
   * computed side by side with shared weights. 0, the default, chooses by device and model.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public TrainerOptions withReplicas(int value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          "TrainerOptions replicas: expected at least 0, got " + value + ".");
    }
    return with(copy -> copy.replicas = value);
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
    List<Device> all = List.of(values);
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "TrainerOptions devices: expected at least one, got none.");
    }
    boolean named = all.stream().allMatch(each -> each.kind() != Device.Kind.AUTO);
    if (!named || new HashSet<>(all).size() < all.size()) {
      throw new IllegalArgumentException(
          "TrainerOptions devices: expected CPUs or GPUs, each once, got " + all + ".");
    }
    return with(
        copy -> {
          copy.device = all.get(0);
          copy.devices = all;
        });
  }

  /**
   * The same options with transforms of each batch before the model, in training only, in this
   * order, such as MixUp and CutMix, instead of those before. They want a loss of targets.
   */
  public TrainerOptions withTransforms(BatchTransform... values) {
    return with(copy -> copy.transforms = List.of(values));
  }

  /**
   * The same options, and the gradients of some weights multiplied by a factor, after any other
   * factor for them and before clipping. With {@code SGD} this is a learning rate of their own; for
   * optimizers that divide by the size of gradients, such as {@code Adam}, it changes little.
   *
   * @param weights the names, such as {@code conv2d/kernel}; {@code *} stands for any letters
   * @param factor above 0
   * @throws IllegalArgumentException if the factor is not above 0 or not finite
   */
  public TrainerOptions withGradientFactor(String weights, double factor) {
    List<GradientFactor> all = new ArrayList<>(gradientFactors);
    all.add(new GradientFactor(weights, factor));
    return with(copy -> copy.gradientFactors = List.copyOf(all));
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
    return with(copy -> copy.jitCompile = value);
  }

  /** What first weights, shuffling and all randomness in layers follow from. */
  public long seed() {
    return seed;
  }

  /** Where it runs; the first one of several devices. */
  public Device device() {
    return device;
  }

  /** Into how many parts each batch is split; 0 leaves it open. */
  public int replicas() {
    return replicas;
  }

  /** What the parts are spread over in turn; none: all on one device. */
  public List<Device> devices() {
    return devices;
  }

  /** What happens to each batch before the model, in training only. */
  public List<BatchTransform> transforms() {
    return transforms;
  }

  /** What the gradients of some weights are multiplied by. */
  public List<GradientFactor> gradientFactors() {
    return gradientFactors;
  }

  /** Whether XLA compiles what it can of the graph. */
  public boolean jitCompile() {
    return jitCompile;
  }

  private Operand<TFloat32> scaled(Ops tf, WeightSpec weight, Operand<TFloat32> gradient) {
    return GradientFactor.apply(gradientFactors, weight, gradient, tf);
  }

  /** How the batches of a model are computed. */
  TrainingGraph.How how(Model model) {
    DistributionStrategy.Wanted wanted =
        new DistributionStrategy.Wanted(device, devices, replicas, jitCompile);
    return new TrainingGraph.How(
        DistributionStrategy.training(wanted, model), transforms, this::scaled);
  }

  private TrainerOptions with(Consumer<TrainerOptions> change) {
    TrainerOptions copy = new TrainerOptions();
    copy.seed = seed;
    copy.device = device;
    copy.replicas = replicas;
    copy.devices = devices;
    copy.transforms = transforms;
    copy.gradientFactors = gradientFactors;
    copy.jitCompile = jitCompile;
    change.accept(copy);
    return copy;
  }
}
