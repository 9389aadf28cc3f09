package kerava;

import java.util.List;
import java.util.Optional;

/**
 * What a file says about its model beside the model itself.
 *
 * @param writer who wrote it: {@code Keras 3.15.1}, {@code Kerava 0.1.0}; empty if it does not say
 * @param savedAt when, as {@code 2026-11-22@15:49:46}
 * @param classNames the names of the classes that the model tells apart, in their order; empty if
 *     it does not say
 * @param remarks what the file holds and what was left out in reading it, a sentence each
 */
public record ModelCard(
    Optional<String> writer,
    Optional<String> savedAt,
    List<String> classNames,
    List<String> remarks) {
  private static final ModelCard BLANK =
      new ModelCard(Optional.empty(), Optional.empty(), List.of(), List.of());

  /** Keeps the lists as they are now. */
  public ModelCard {
    classNames = List.copyOf(classNames);
    remarks = List.copyOf(remarks);
  }

  /** A card that says nothing. */
  public static ModelCard blank() {
    return BLANK;
  }

  /** The same card with the names of the classes, in their order. */
  public ModelCard classNames(List<String> names) {
    return new ModelCard(writer, savedAt, names, remarks);
  }

  /** The version of the Keras that wrote the file, if one did and it says so. */
  public Optional<String> keras() {
    return writer.filter(by -> by.startsWith("Keras ")).map(by -> by.substring("Keras ".length()));
  }

  /** The same card with who wrote the file, and when. */
  public ModelCard written(Optional<String> by, Optional<String> at) {
    return new ModelCard(by, at, classNames, remarks);
  }

  /** The same card with what a file holds and what was left out in reading it. */
  public ModelCard remarks(List<String> sentences) {
    return new ModelCard(writer, savedAt, classNames, sentences);
  }
}
