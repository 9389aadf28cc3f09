package kerava.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import kerava.cli.inference.GraphModel;
import kerava.cli.inference.InferenceBatchSize;
import kerava.cli.inference.InferenceModel;
import kerava.cli.inference.InferenceOptions;
import kerava.cli.inference.InputArrays;
import kerava.cli.inference.OutputFiles;
import kerava.cli.inference.PredictionFormat;
import kerava.cli.options.Isolation;
import kerava.cli.terminal.Console;
import kerava.data.Dataset;
import kerava.data.ImageFolder;
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
      "(rows, ...), goes in as it is, and so does each line of a .txt file where texts are taken."
    },
    footer = {
      "",
      "Examples:",
      "  kerava predict savedmodels/cifar10_cnn.keras cat.png ship.jpg",
      "  kerava predict savedmodels/cifar10_cnn.keras images.npy --output probabilities.npy",
      "  kerava predict reviews.keras reviews.txt",
      "  kerava predict prices.keras --input rooms=rooms.npy --input place=place.npy",
      "  kerava predict finder.keras images.npy --output answers        writes answers/NAME.npy"
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private InferenceOptions options = new InferenceOptions();

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "INPUT",
      description = "Image files, or .npy or .txt files for the inputs of the model, in its order.")
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

  @Mixin private Isolation isolation = new Isolation();

  @Option(
      names = "--signature",
      paramLabel = "NAME",
      description = "Which signature of a SavedModel to ask (default: serving_default).")
  private Optional<String> signature = Optional.empty();

  @Override
  public Integer call() throws IOException {
    return isolation.run(this::predict);
  }

  private int predict() throws IOException {
    Console console = Console.of(spec);
    options.check(console);
    boolean rows = arrays(console);
    InputArrays arrays =
        named.isEmpty()
            ? new InputArrays(Map.of(), rows ? inputs : List.of())
            : InputArrays.named(named, console);
    try (InferenceModel model = options.open(signature)) {
      sayWhich(console, model);
      Optional<OutputFiles> files = output.map(place -> outputFiles(place, model));
      files.ifPresent(place -> place.check(console));
      if (rows) {
        deliver(console, files, new PredictionFormat(model.predict(arrays.read(model))));
      } else {
        images(console, files, model);
      }
    }
    return 0;
  }

  /** Whether arrays are given, and not images. */
  private boolean arrays(Console console) {
    boolean some = inputs.stream().anyMatch(InputArrays::isRows);
    if (named.isEmpty() == inputs.isEmpty()) {
      throw console.usage(
          "INPUT: expected image files, .npy files or --input NAME=FILE.npy, got %s."
              .formatted(inputs.isEmpty() ? "none" : inputs.get(0) + " beside --input"));
    }
    if (some && !inputs.stream().allMatch(InputArrays::isRows)) {
      throw console.usage("INPUT: expected image files, or .npy and .txt files, got both.");
    }
    return some || !named.isEmpty();
  }

  private void sayWhich(Console console, InferenceModel model) {
    String taken = model.signature().name();
    if (model instanceof GraphModel
        && signature.isEmpty()
        && !taken.equals(LoadedModel.DEFAULT_SIGNATURE)) {
      console.line("Signature: " + taken);
    }
  }

  private static OutputFiles outputFiles(Path place, InferenceModel model) {
    return new OutputFiles(place, List.copyOf(model.signature().outputs().keySet()));
  }

  private static void deliver(
      Console console, Optional<OutputFiles> files, PredictionFormat predictions)
      throws IOException {
    if (files.isEmpty()) {
      predictions.print(console);
      return;
    }
    files.get().write(predictions.outputs());
    console.line("Written: " + files.get().written());
  }

  /** Reads some images and predicts them, then the next: together they may be too many. */
  private void images(Console console, Optional<OutputFiles> files, InferenceModel model)
      throws IOException {
    Dataset images = ImageFolder.ofFiles(inputs, model.images());
    console.line(model.pixelsLine());
    List<PredictionFormat> parts = new ArrayList<>();
    int most = InferenceBatchSize.of(images.inputShape());
    for (int from = 0; from < inputs.size(); from += most) {
      int to = Math.min(inputs.size(), from + most);
      PredictionFormat predictions = new PredictionFormat(model.predict(images.range(from, to)));
      for (int i = from; i < to; i++) {
        predictions.print(console, inputs.get(i).toString(), i - from, model);
      }
      if (files.isPresent()) {
        predictions.requireRoom(inputs.size());
        parts.add(predictions);
      }
    }
    if (files.isPresent()) {
      deliver(console, files, PredictionFormat.joined(parts));
    }
  }
}
