package kerava.train.graph;

import java.util.List;
import kerava.Model;
import kerava.graph.Device;
import kerava.graph.Devices;
import kerava.graph.SessionOptions;

/**
 * How work is laid out on what a session runs on.
 *
 * @param session the options of the session
 * @param gpu whether it runs on a GPU
 * @param replicas into how many parts that run side by side a batch of training is split
 * @param runs how many batches of evaluation or prediction are computed at once
 */
public record DistributionStrategy(SessionOptions session, boolean gpu, int replicas, int runs) {
  /** A model of fewer multiplications for a sample takes less than 1 ms of one core for it. */
  private static final long SMALL = 50_000_000;

  /**
   * What is wanted for training.
   *
   * @param device where it runs
   * @param devices several devices that share each batch; none: all on the one device
   * @param replicas into how many parts a batch is split; 0 leaves it open
   * @param jitCompile whether XLA compiles what it can
   */
  public record Wanted(Device device, List<Device> devices, int replicas, boolean jitCompile) {}

  /** The strategy for training, as wanted or else as it is fastest. */
  public static DistributionStrategy training(Wanted options, Model model) {
    if (!options.devices().isEmpty()) {
      return spread(options);
    }
    // Statistics of a batch, which layers with a state gather, would become those of its parts.
    boolean divisible = model.weights().stream().allMatch(weight -> weight.trainable());
    boolean parts = options.replicas() == 0 ? divisible : options.replicas() > 1;
    SessionOptions plain =
        parts && SessionOptions.fewCores()
            ? SessionOptions.sideBySide(options.device())
            : SessionOptions.on(options.device());
    SessionOptions session = plain.withJitCompile(options.jitCompile());
    boolean gpu = Devices.gpu(session);
    int replicas = options.replicas() > 0 ? options.replicas() : parts ? best(session, gpu) : 1;
    return new DistributionStrategy(session, gpu, replicas, runs(session, gpu));
  }

  private static DistributionStrategy spread(Wanted options) {
    List<Device> devices = options.devices();
    SessionOptions session =
        SessionOptions.sideBySide(devices.get(0))
            .spreadOver(devices)
            .withJitCompile(options.jitCompile());
    boolean gpu = devices.stream().anyMatch(device -> device.kind() == Device.Kind.GPU);
    int replicas = options.replicas() > 0 ? options.replicas() : devices.size();
    return new DistributionStrategy(session, gpu, replicas, runs(session, gpu));
  }

  private static int best(SessionOptions session, boolean gpu) {
    if (gpu || SessionOptions.cores() == 1) {
      return 1;
    }
    if (SessionOptions.fewCores()) {
      // With more threads, which an earlier session may have decided, parts get in each other's
      // way.
      return session.threads() == 1 ? SessionOptions.cores() : 1;
    }
    return 2;
  }

  /**
   * The strategy for predictions alone.
   *
   * @param multiplications of the model for one sample
   */
  public static DistributionStrategy prediction(Device device, long multiplications) {
    SessionOptions session =
        multiplications < SMALL ? SessionOptions.sideBySide(device) : SessionOptions.on(device);
    boolean gpu = Devices.gpu(session);
    return new DistributionStrategy(session, gpu, 1, runs(session, gpu));
  }

  private static int runs(SessionOptions session, boolean gpu) {
    int cores = SessionOptions.cores();
    return gpu || cores == 1 ? 1 : session.threads() == 1 ? cores : 2;
  }

  /** One line for people. */
  @Override
  public String toString() {
    String place = gpu ? "GPU" : "CPU with " + count(SessionOptions.cores(), "core");
    int devices = session.spread().size();
    return (devices > 1 ? devices + " devices, " : "")
        + place
        + ", "
        + (replicas == 1 ? "batches in one piece" : "batches in " + replicas + " parts at once")
        + (gpu ? "" : ", " + count(session.threads(), "thread") + " an operation")
        + (session.jitCompile() ? ", compiled by XLA" : "");
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
