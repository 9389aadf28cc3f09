package kerava.cli.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kerava.cli.options.PixelOptions;
import kerava.cli.terminal.Console;
import kerava.data.Dataset;
import kerava.examples.RecipeParameters;
import kerava.examples.Training;
import kerava.images.Preprocessing;

/** What a training begins with: a recipe, a fresh network, or a model file. */
public interface InitialModel {
  /** Finds out what is meant by {@code --model} and {@code --recipe}, the notebook's by default. */
  static InitialModel of(Optional<String> model, Optional<String> recipe, Console console)
      throws IOException {
    if (recipe.isPresent()) {
      if (model.isPresent()) {
        throw console.usage(
            "--recipe: expected without --model, got both. A recipe brings its own network.");
      }
      return FreshModel.named(recipe.get(), console);
    }
    String name = model.orElse(Networks.CNN);
    Path path = Path.of(name);
    return Files.exists(path)
        ? PretrainedModel.of(path, console)
        : FreshModel.network(name, console);
  }

  /** The recipe, the network, or the file's name without its ending. */
  String name();

  /** What the network expects of images; one without a size is made for that of the images. */
  Preprocessing images(PixelOptions pixels);

  /** Whether a file says how pixels are scaled, or none has to. */
  boolean saysPixels();

  /** The names of the classes that it tells apart; empty if it does not say. */
  default List<String> classNames() {
    return List.of();
  }

  /** The name of what is written: {@code cifar10_cnn}, or the file's own. */
  String nameFor(String dataset);

  /** How long and how fast it is trained. */
  RecipeParameters parameters(TrainingOverrides overrides);

  /** The training of some images. */
  Training training(Dataset images, TrainingOverrides overrides);
}
