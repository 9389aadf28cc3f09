package kerava.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import kerava.cli.inference.GraphModel;
import kerava.cli.inference.InferenceBatchSize;
import kerava.cli.inference.InferenceModel;
import kerava.cli.inference.InputArrays;
import kerava.cli.inference.OutputFiles;
import kerava.cli.inference.PredictionFormat;
import kerava.cli.options.DeviceConverter;
import kerava.cli.options.Isolation;
import kerava.cli.options.PixelOptions;
import kerava.cli.options.SavedModelOptions;
import kerava.cli.terminal.Console;
import kerava.data.Dataset;
import kerava.data.ImageFolder;
import kerava.graph.Device;
import kerava.saving.LoadedModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kerava predict}. */
@Command(
    name = "predict",
    description = {
      "Asks a model about images, or about the rows of .npy files, one for each of its inputs.",
      "Images are resized and scaled as the model expects, which a line says; a .npy file, of shape",
      "(rows, ...), goes in as it is."
    },
    footer = {
      "",
      "Examples:",
      "  kerava predict savedmodels/cifar10_cnn.keras cat.png ship.jpg",
      "  kerava predict savedmodels/cifar10_cnn.keras images.npy --output probabilities.npy",
      "  kerava predict prices.keras --input rooms=rooms.npy --input place=place.npy",
      "  kerava predict finder.keras images.npy --output answers        writes answers/NAME.npy"
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A model file, or a SavedModel's folder.")
  private Path model = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "INPUT",
      description = "Image files, or .npy files for the inputs of the model, in its order.")
  private List<Path> inputs = List.of();

  @Option(
      names = "--input",
      paramLabel = "NAME=FILE.npy",
      description = "The rows of the input of that name; once for each; inspect lists them.")
  private List<String> named = List.of();

  @Option(
      names = "--output",
      paramLabel = "PLACE",
      description = {
        "Write the raw outputs, one row an input: to a file that ends in .npy, or, if the model",
        "has several outputs, into a folder, each to NAME.npy."
      })
  private Optional<Path> output = Optional.empty();

  @Mixin private PixelOptions pixels = new PixelOptions();

  @Mixin private SavedModelOptions savedModel = new SavedModelOptions();

  @Mixin private Isolation isolation = new Isolation();

  @Option(
      names = "--signature",
      paramLabel = "NAME",
      description = "Which signature of a SavedModel to ask (default: serving_default).")
  private Optional<String> signature = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      converter = DeviceConverter.class,
      description = "auto (the default), cpu, gpu or gpu:N.")
  private Device device = Device.auto();

  @Override
  public Integer call() throws IOException {
    OptionalInt isolated = isolation.run();
    if (isolated.isPresent()) {
      return isolated.getAsInt();
    }
    Console console = Console.of(spec);
    pixels.check();
    boolean rows = arrays(console);
    InputArrays arrays =
        named.isEmpty()
            ? new InputArrays(Map.of(), rows ? inputs : List.of())
            : InputArrays.named(named, console);
    try (InferenceModel asked =
        InferenceModel.open(model, device, pixels, savedModel.loading(), signature)) {
      sayWhich(console, asked);
      Optional<OutputFiles> files = output.map(place -> outputFiles(place, asked));
      files.ifPresent(place -> place.check(console));
      if (rows) {
        answer(console, files, new PredictionFormat(asked.predict(arrays.read(asked))));
      } else {
        images(console, files, asked);
      }
    }
    return 0;
  }

  /** Whether arrays are asked about, and not images. */
  private boolean arrays(Console console) {
    boolean some = inputs.stream().anyMatch(OutputFiles::isNpy);
    if (named.isEmpty() == inputs.isEmpty()) {
      throw console.usage(
          "INPUT: expected image files, .npy files or --input NAME=FILE.npy, got %s."
              .formatted(inputs.isEmpty() ? "none" : inputs.get(0) + " beside --input"));
    }
    if (some && !inputs.stream().allMatch(OutputFiles::isNpy)) {
      throw console.usage("INPUT: expected image files or .npy files, got both.");
    }
    return some || !named.isEmpty();
  }

  private void sayWhich(Console console, InferenceModel asked) {
    String taken = asked.signature().name();
    if (asked instanceof GraphModel
        && signature.isEmpty()
        && !taken.equals(LoadedModel.DEFAULT_SIGNATURE)) {
      console.line("Signature: " + taken);
    }
  }

  private static OutputFiles outputFiles(Path place, InferenceModel asked) {
    return new OutputFiles(place, List.copyOf(asked.signature().outputs().keySet()));
  }

  private static void answer(Console console, Optional<OutputFiles> files, PredictionFormat answers)
      throws IOException {
    if (files.isEmpty()) {
      answers.print(console);
      return;
    }
    files.get().write(answers.outputs());
    console.line("Written: " + files.get().written());
  }

  /** Reads some images and asks about them, then the next: together they may be too many. */
  private void images(Console console, Optional<OutputFiles> files, InferenceModel asked)
      throws IOException {
    Dataset images = ImageFolder.ofFiles(inputs, asked.images());
    console.line(asked.pixelsLine());
    List<PredictionFormat> parts = new ArrayList<>();
    int most = InferenceBatchSize.of(images.inputShape());
    for (int from = 0; from < inputs.size(); from += most) {
      int to = Math.min(inputs.size(), from + most);
      PredictionFormat answers = new PredictionFormat(asked.predict(images.range(from, to)));
      for (int i = from; i < to; i++) {
        answers.print(console, inputs.get(i).toString(), i - from, asked);
      }
      if (files.isPresent()) {
        answers.requireRoom(inputs.size());
        parts.add(answers);
      }
    }
    if (files.isPresent()) {
      answer(console, files, PredictionFormat.joined(parts));
    }
  }
}
