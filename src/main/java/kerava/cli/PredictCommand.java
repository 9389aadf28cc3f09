package kerava.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import kerava.ClassScores;
import kerava.data.Images;
import kerava.data.Npy;
import kerava.graph.Array;
import kerava.graph.Device;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kerava predict}. */
@Command(
    name = "predict",
    description = {
      "Asks a model about images, or about the rows of one .npy file.",
      "Images are resized to what the model takes, and divided by 255 unless it scales them itself;",
      "a .npy file of shape (N, H, W, C) goes in as it is."
    },
    footer = {
      "",
      "Examples:",
      "  kerava predict savedmodels/cifar10_cnn.keras cat.png ship.jpg",
      "  kerava predict savedmodels/cifar10_cnn.keras images.npy --output probabilities.npy"
    })
final class PredictCommand implements Callable<Integer> {
  private static final int TOP = 3;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A model file, or a SavedModel's folder.")
  private Path model = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "INPUT",
      description = "Image files, or one .npy file.")
  private List<Path> inputs = List.of();

  @Option(
      names = "--output",
      paramLabel = "FILE.npy",
      description = "Write the raw outputs to a file, one row an input.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      converter = DeviceConverter.class,
      description = "auto (the default), cpu, gpu or gpu:N.")
  private Device device = Device.auto();

  @Override
  public Integer call() throws IOException {
    Console console = Console.of(spec);
    boolean rows = isNpy(inputs.get(0));
    if (inputs.size() > 1 && inputs.stream().anyMatch(PredictCommand::isNpy)) {
      throw console.usage("INPUT: expected image files or one .npy file, got both or several.");
    }
    if (output.isPresent() && !isNpy(output.get())) {
      throw console.usage("--output: expected a name that ends in .npy, got " + output.get() + ".");
    }
    try (Asked asked = Asked.open(model, device)) {
      Array answers =
          rows ? asked.predict(Npy.read(inputs.get(0))) : asked.predictPixels(images(asked));
      if (output.isPresent()) {
        Npy.write(output.get(), answers);
      }
      print(console.out(), asked, answers, rows);
    }
    return 0;
  }

  private static boolean isNpy(Path path) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(".npy");
  }

  private Array images(Asked asked) throws IOException {
    Shape shape = asked.sample();
    if (shape.numDimensions() != 3 || shape.get(2) != 3) {
      throw new IllegalArgumentException(
          "predict: expected a model of colour images (height, width, 3), got one of "
              + shape
              + ". A .npy file can be given instead.");
    }
    int height = Math.toIntExact(shape.get(0));
    int width = Math.toIntExact(shape.get(1));
    byte[] pixels = new byte[inputs.size() * height * width * 3];
    for (int i = 0; i < inputs.size(); i++) {
      byte[] image = Images.read(inputs.get(i), height, width).bytes();
      System.arraycopy(image, 0, pixels, i * image.length, image.length);
    }
    return Array.of(pixels, inputs.size(), height, width, 3);
  }

  private void print(PrintWriter out, Asked asked, Array answers, boolean rows) {
    int count = Math.toIntExact(answers.shape().get(0));
    int width = count == 0 ? 0 : answers.size() / count;
    for (int i = 0; i < count; i++) {
      float[] row = java.util.Arrays.copyOfRange(answers.floats(), i * width, (i + 1) * width);
      if (!rows) {
        out.println(inputs.get(i) + ": " + best(ofClasses(row, asked), asked.classNames()));
      } else if (output.isEmpty()) {
        out.println(raw(row));
      }
    }
    output.ifPresent(file -> out.println("Written: " + file));
  }

  /** Where one number tells two classes apart, the probabilities of both. */
  private static float[] ofClasses(float[] row, Asked asked) {
    if (row.length != 1) {
      return row;
    }
    Array one = Array.of(row, 1, 1);
    ClassScores known =
        asked.scores() == ClassScores.UNKNOWN ? ClassScores.of(one) : asked.scores();
    boolean number = known == ClassScores.LOGITS && asked.classNames().size() != 2;
    return number ? row : known.probabilities(one).floats();
  }

  private static String raw(float[] row) {
    StringJoiner text = new StringJoiner(" ");
    for (float value : row) {
      text.add(Float.toString(value));
    }
    return text.toString();
  }

  private static String best(float[] row, List<String> names) {
    List<String> best = new ArrayList<>();
    IntStream.range(0, row.length)
        .boxed()
        .sorted(Comparator.comparing(i -> -row[i]))
        .limit(TOP)
        .forEach(
            i ->
                best.add(
                    (i < names.size() ? names.get(i) : "class " + i)
                        + String.format(Locale.ROOT, " %.4f", row[i])));
    return String.join(", ", best);
  }
}
