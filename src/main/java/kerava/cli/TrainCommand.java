package kerava.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import kerava.cli.inference.ClassMapping;
import kerava.cli.options.DataOptions;
import kerava.cli.options.DeviceConverter;
import kerava.cli.options.MixedPrecision;
import kerava.cli.options.PixelOptions;
import kerava.cli.terminal.Console;
import kerava.cli.training.BackupOptions;
import kerava.cli.training.ConcurrentRuns;
import kerava.cli.training.FreshModel;
import kerava.cli.training.InitialModel;
import kerava.cli.training.Networks;
import kerava.cli.training.RunFiles;
import kerava.cli.training.TrainingJob;
import kerava.cli.training.TrainingLocks;
import kerava.cli.training.TrainingOutput;
import kerava.cli.training.TrainingOverrides;
import kerava.graph.Device;
import kerava.images.Preprocessing;
import kerava.saving.FileExtension;
import kerava.train.TrainerOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kerava train}. */
@Command(
    name = "train",
    description = "Trains a network and writes the model, a SavedModel and a report.",
    footer = {
      "",
      "Examples:",
      "  kerava train                       on CIFAR-10, or on shapes where it cannot be had",
      "  kerava train --epochs 3 --limit 5000 --seed 1",
      "  kerava train --backup backup       again after a kill or Ctrl-C, it goes on where it was",
      "  kerava train --model savedmodels/cifar10_cnn.keras --epochs 5       trains on from a file",
      "  kerava train --model resnet20 --epochs 3       another network: resnet20 to resnet110,",
      "      resnet110_v2, wrn16_4, vgg11 to vgg19",
      "  kerava train --recipe fast         a network with all that it is best trained with",
      "  kerava train --recipe list         says which there are"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private DataOptions data = new DataOptions();

  @Mixin private PixelOptions pixels = new PixelOptions();

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      completionCandidates = Networks.Names.class,
      description = "A network (default: cnn, the notebook's), or a model file to train on from.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      completionCandidates = FreshModel.Names.class,
      description = {
        "A network with its augmentation, optimizer, schedule and length; list says which there",
        "are. --epochs, --batch-size and --learning-rate win over it."
      })
  private Optional<String> recipe = Optional.empty();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often to go through the data (default: 10, or the recipe's).")
  private Optional<Integer> epochs = Optional.empty();

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "How many images a step takes (default: 32, or the recipe's).")
  private Optional<Integer> batchSize = Optional.empty();

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "The learning rate (default: 0.001, or what the recipe or model file says).")
  private Optional<Double> learningRate = Optional.empty();

  @Option(
      names = "--steps-per-execution",
      paramLabel = "N",
      description =
          "How many steps to make in one run of TensorFlow's (default: as suits the device).")
  private Optional<Integer> stepsPerExecution = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Makes the run repeatable (default: another seed each time).")
  private @Nullable Long seed;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      split = ",",
      converter = DeviceConverter.class,
      description =
          "auto (the default), cpu, gpu or gpu:N; or several, such as gpu:0,gpu:1, of which each"
              + " computes a part of every batch.")
  private List<Device> devices = List.of(Device.auto());

  @Option(
      names = "--mixed-precision",
      paramLabel = "TYPE",
      converter = MixedPrecision.Converter.class,
      description =
          "Computes in bfloat16, for CPUs and GPUs that have it, or in float16, for GPUs; weights"
              + " stay float32 (default: all in float32, or what the model file says).")
  private @Nullable MixedPrecision mixedPrecision;

  @Option(
      names = "--jit-compile",
      description =
          "Have XLA compile groups of operations: for GPUs; slower on most CPUs (default: not).")
  private boolean jitCompile;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "savedmodels",
      description = "Where to write (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("savedmodels");

  @Mixin private BackupOptions backup = new BackupOptions();

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description = "Write there what TensorBoard shows: figures, weights, the graph, images.")
  private Optional<Path> tensorBoard = Optional.empty();

  @Option(names = "--quiet", description = "No progress while training.")
  private boolean quiet;

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(spec);
    if (recipe.filter("list"::equals).isPresent()) {
      FreshModel.list(console);
      return 0;
    }
    check(console);
    TrainingLocks locks = TrainingLocks.take(backup.backup(), tensorBoard);
    try {
      return train(console);
    } finally {
      locks.close();
    }
  }

  private int train(Console console) throws IOException {
    InitialModel initial = InitialModel.of(model, recipe, console);
    Preprocessing images = PixelOptions.sized(initial.images(pixels));
    DataOptions.Chosen read = data.read(console, images, pixels);
    if (initial instanceof FreshModel && data.fromFiles() && !pixels.resizes()) {
      console.line(
          "Images are brought to %s, as --image-size says nothing."
              .formatted(images.size().orElseThrow()));
    }
    DataOptions.Chosen chosen =
        new DataOptions.Chosen(
            read.name(), ClassMapping.of(initial.classNames(), read.split(), console));
    RunFiles files = new RunFiles(out, initial.nameFor(chosen.name()));
    TrainingOutput output = TrainingOutput.prepare(files, data.again(chosen), console);
    TrainingJob job = new TrainingJob(initial, chosen, plan(), options());
    ConcurrentRuns concurrent = ConcurrentRuns.note(files, console);
    try {
      return job.run(console, output);
    } finally {
      concurrent.close();
    }
  }

  private TrainingJob.Plan plan() {
    return new TrainingJob.Plan(
        overrides(),
        quiet,
        backup.backup(),
        tensorBoard,
        Optional.ofNullable(mixedPrecision),
        pixels);
  }

  private void check(Console console) {
    data.check();
    pixels.check(console);
    Stream.of(Optional.of(out), backup.folder(), tensorBoard)
        .flatMap(Optional::stream)
        .forEach(FileExtension::requireFolder);
    if (devices.size() > 1
        && (devices.contains(Device.auto()) || Set.copyOf(devices).size() < devices.size())) {
      throw console.usage(
          "--device: expected one, or several CPUs or GPUs, each once, got " + devices + ".");
    }
    if (epochs.isPresent() && epochs.get() < 1) {
      throw console.usage("--epochs: expected at least 1, got " + epochs.get() + ".");
    }
    backup.check(console);
    if (batchSize.isPresent() && batchSize.get() < 1) {
      throw console.usage("--batch-size: expected at least 1, got " + batchSize.get() + ".");
    }
    if (stepsPerExecution.isPresent() && stepsPerExecution.get() < 1) {
      throw console.usage(
          "--steps-per-execution: expected at least 1, got " + stepsPerExecution.get() + ".");
    }
    if (learningRate.isPresent()
        && !(learningRate.get().floatValue() > 0 && learningRate.get() <= Float.MAX_VALUE)) {
      throw console.usage(
          "--learning-rate: expected above 0, as a float32, got " + learningRate.get() + ".");
    }
  }

  private TrainingOverrides overrides() {
    return new TrainingOverrides(epochs, batchSize, learningRate, stepsPerExecution);
  }

  private TrainerOptions options() {
    TrainerOptions fresh = TrainerOptions.defaults().withJitCompile(jitCompile);
    TrainerOptions options =
        devices.size() == 1
            ? fresh.withDevice(devices.get(0))
            : fresh.withDevices(devices.toArray(Device[]::new));
    TrainerOptions known = backup.backup().map(kept -> kept.options(options)).orElse(options);
    return seed == null ? known : known.withSeed(seed);
  }
}
