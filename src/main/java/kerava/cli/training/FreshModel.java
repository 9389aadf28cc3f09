package kerava.cli.training;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import kerava.cli.options.DidYouMean;
import kerava.cli.options.PixelOptions;
import kerava.cli.terminal.Console;
import kerava.data.Dataset;
import kerava.examples.Recipe;
import kerava.examples.RecipeParameters;
import kerava.examples.Recipes;
import kerava.examples.Training;
import kerava.images.Preprocessing;

/**
 * A fresh network.
 *
 * @param recipe how it is trained
 */
public record FreshModel(Recipe recipe) implements InitialModel {
  private static final String LIST = "list";

  /** The size of images that networks are made for where no other is asked for: CIFAR-10's. */
  private static final int SIDE = 32;

  /** For the shell's completion. */
  public static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(Stream.of(LIST), names().stream()).iterator();
    }
  }

  private static List<String> names() {
    return Recipes.all().stream().map(Recipe::name).toList();
  }

  static FreshModel named(String name, Console console) {
    return Recipes.all().stream()
        .filter(recipe -> recipe.name().equals(name))
        .findFirst()
        .map(FreshModel::new)
        .orElseThrow(
            () ->
                console.usage(
                    "--recipe: expected one of "
                        + String.join(", ", names())
                        + ", got \""
                        + name
                        + "\"."
                        + DidYouMean.hint(name, names())));
  }

  static FreshModel network(String name, Console console) {
    return new FreshModel(Networks.recipe(name, console));
  }

  /** Says which recipes there are. */
  public static void list(Console console) {
    for (Recipe recipe : Recipes.all()) {
      console.line(
          String.format(
              Locale.ROOT,
              "%-14s %s; %d epochs, batch %d, rate %s",
              recipe.name(),
              recipe.description(),
              recipe.parameters().epochs(),
              recipe.parameters().batchSize(),
              recipe.parameters().learningRate()));
    }
  }

  @Override
  public String name() {
    return recipe.name();
  }

  @Override
  public Preprocessing images(PixelOptions pixels) {
    return pixels.over(Preprocessing.of(SIDE, SIDE));
  }

  @Override
  public boolean saysPixels() {
    return true;
  }

  @Override
  public String nameFor(String dataset) {
    return dataset + "_" + name();
  }

  @Override
  public RecipeParameters parameters(TrainingOverrides overrides) {
    return overrides.over(recipe.parameters());
  }

  @Override
  public Training training(Dataset images, TrainingOverrides overrides) {
    return recipe.training(images, parameters(overrides));
  }
}
