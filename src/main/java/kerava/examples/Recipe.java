package kerava.examples;

import java.util.function.BiFunction;
import kerava.data.Dataset;

/**
 * A way to train on images, under a name.
 *
 * @param name in small letters
 * @param description a few words on what it does
 * @param parameters those that it is meant for
 * @param maker makes the training of some images by some parameters; it reads their shape, classes
 *     and number, and may read pixels to set first weights
 */
public record Recipe(
    String name,
    String description,
    RecipeParameters parameters,
    BiFunction<Dataset, RecipeParameters, Training> maker) {
  /** The training of some images, by the recipe's own parameters. */
  public Training training(Dataset images) {
    return maker.apply(images, parameters);
  }

  /** The training of some images, by other parameters. */
  public Training training(Dataset images, RecipeParameters other) {
    return maker.apply(images, other);
  }
}
