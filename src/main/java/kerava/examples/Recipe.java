package kerava.examples;

import java.util.function.BiFunction;
import kerava.data.Dataset;

/**
 * A way to train on images, under a name.
 *
 * @param name in small letters
 * @param description a few words on what it does
 * @param terms those that it is meant for
 * @param maker makes the training of some images on some terms; it reads their shape, classes and
 *     number, and may read pixels to set first weights
 */
public record Recipe(
    String name,
    String description,
    RecipeParameters terms,
    BiFunction<Dataset, RecipeParameters, Training> maker) {
  /** The training of some images, on the recipe's own terms. */
  public Training training(Dataset images) {
    return maker.apply(images, terms);
  }

  /** The training of some images, on other terms. */
  public Training training(Dataset images, RecipeParameters other) {
    return maker.apply(images, other);
  }
}
