package kerava.cli.training;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kerava.Input;
import kerava.Model;
import kerava.applications.Architecture;
import kerava.applications.ResNet;
import kerava.applications.ResNetV2;
import kerava.applications.Vgg;
import kerava.applications.WideResNet;
import kerava.cli.options.DidYouMean;
import kerava.cli.terminal.Console;
import kerava.data.Dataset;
import kerava.examples.CifarCnn;
import kerava.examples.Recipe;
import kerava.examples.RecipeParameters;
import kerava.examples.Training;
import kerava.losses.SparseCategoricalCrossentropy;
import kerava.optimizers.Adam;
import kerava.train.Fit;
import org.tensorflow.ndarray.Shape;

/** Networks by their names on the command line; they are trained with Adam. */
public final class Networks {
  static final String CNN = "cnn";
  private static final RecipeParameters PARAMETERS = new RecipeParameters(10, 32, 0.001);
  private static final List<String> NAMES =
      List.of(
          CNN,
          "resnet20",
          "resnet32",
          "resnet44",
          "resnet56",
          "resnet110",
          "resnet110_v2",
          "resnet164_v2",
          "wrn16_4",
          "wrn28_10",
          "vgg11",
          "vgg13",
          "vgg16",
          "vgg19");

  private static final List<Family> FAMILIES =
      List.of(
          new Family(
              "(?:cifar10_)?cnn",
              (name, images) -> CifarCnn.model(images.image(), images.classes())),
          Family.of("resnet(\\d+)", (n, classes) -> ResNet.cifar(number(n, 1)).classes(classes)),
          Family.of("resnet(\\d+)_v2", (n, classes) -> resNetV2(number(n, 1)).classes(classes)),
          Family.of(
              "wrn(\\d+)_(\\d+)",
              (n, classes) -> WideResNet.of(number(n, 1), number(n, 2)).classes(classes)),
          Family.of("vgg(\\d+)", (n, classes) -> Vgg.of(number(n, 1)).classes(classes)));

  private Networks() {}

  /** For the shell's completion. */
  public static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return NAMES.iterator();
    }
  }

  /** What a network is made for. */
  private record Images(Shape image, int classes) {
    static Images of(Dataset data) {
      return new Images(data.inputShape(), data.classNames().size());
    }
  }

  /** Networks whose names look alike. */
  private record Family(String pattern, BiFunction<MatchResult, Images, Model> maker) {
    static Family of(String pattern, BiFunction<MatchResult, Integer, Architecture> maker) {
      return new Family(
          pattern,
          (name, images) ->
              maker.apply(name, images.classes()).model(Input.of(images.image().asArray())));
    }

    Optional<MatchResult> read(String name) {
      Matcher matcher = Pattern.compile(pattern).matcher(name);
      return matcher.matches() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
    }
  }

  private static ResNetV2 resNetV2(int depth) {
    return depth == 164 || depth == 1001 ? ResNetV2.bottleneck(depth) : ResNetV2.cifar(depth);
  }

  private static int number(MatchResult name, int group) {
    String digits = name.group(group);
    return digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  /** The training of a network that has a name. */
  static Recipe recipe(String name, Console console) {
    Function<Images, Model> network = named("--model", name, console);
    long parameters = tried("--model", network, console).parameterCount();
    return new Recipe(
        name.replace("cifar10_", ""),
        "a network of " + parameters + " parameters",
        PARAMETERS,
        (images, given) -> training(network.apply(Images.of(images)), given));
  }

  /** A network that has a name, for CIFAR-10's images. */
  public static Model model(String name, Console console) {
    return tried("MODEL", named("MODEL", name, console), console);
  }

  private static Function<Images, Model> named(String option, String name, Console console) {
    for (Family family : FAMILIES) {
      Optional<MatchResult> read = family.read(name);
      if (read.isPresent()) {
        return images -> family.maker().apply(read.get(), images);
      }
    }
    throw console.usage(
        option
            + ": expected a network such as "
            + String.join(", ", NAMES.subList(0, 3))
            + ", or a model file, got \""
            + name
            + "\", which is neither."
            + DidYouMean.hint(name, NAMES));
  }

  /** The network for CIFAR-10's images. */
  private static Model tried(String option, Function<Images, Model> network, Console console) {
    try {
      return network.apply(new Images(Shape.of(32, 32, 3), 10));
    } catch (IllegalArgumentException refusal) {
      throw console.usage(option + ": " + refusal.getMessage());
    }
  }

  private static Training training(Model model, RecipeParameters parameters) {
    return Training.of(
        model,
        Adam.of(parameters.learningRate()),
        SparseCategoricalCrossentropy.of(),
        Fit.epochs(parameters.epochs()).batchSize(parameters.batchSize()));
  }
}
