package kerava.cli.inference;

import java.util.List;
import kerava.cli.terminal.Console;
import kerava.config.Listed;
import kerava.config.Visible;
import kerava.data.Dataset;
import kerava.data.Split;

/** The classes of images beside those that a model was trained on. */
public final class ClassMapping {
  private ClassMapping() {}

  /**
   * Images with the class numbers that the model has for their classes' names.
   *
   * @param known the names of the model's classes, in its order; empty if it does not say
   * @throws IllegalArgumentException if it knows some of the classes and not the others
   */
  public static Dataset of(List<String> known, Dataset images, Console console) {
    List<String> names = images.classNames();
    boolean same = known.isEmpty() || names.isEmpty() || known.equals(names);
    if (same) {
      return images;
    }
    if (!known.containsAll(names)) {
      throw new IllegalArgumentException(
          Visible.of(
              "--dataset: expected images of the model's classes, %s, got %s."
                  .formatted(Listed.of(known), Listed.of(names))));
    }
    console.line("Note: classes are numbered as the model has them: " + Listed.of(known) + ".");
    int[] numbers = names.stream().mapToInt(known::indexOf).toArray();
    return images.relabelled(numbers, known);
  }

  /**
   * Images to train on, with the class numbers that the model has for their classes' names; where
   * they are of other classes, these take the places of the model's.
   */
  public static Split of(List<String> known, Split split, Console console) {
    List<String> names = split.train().classNames();
    if (known.isEmpty() || names.isEmpty() || known.containsAll(names)) {
      Dataset train = of(known, split.train(), console);
      Console silent = console.silent();
      return train == split.train()
          ? split
          : new Ordered(
              train,
              of(known, split.validation(), silent),
              of(known, split.test(), silent),
              split.source(),
              split.notes());
    }
    console.line(
        "Note: the model's classes were %s; now it is trained on %s."
            .formatted(Listed.of(known), Listed.of(names)));
    return split;
  }

  private record Ordered(
      Dataset train, Dataset validation, Dataset test, String source, List<String> notes)
      implements Split {}
}
