package kerava.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A part of a data set, as people name the folders of parts. */
enum Part {
  TRAIN("train", "training", "trainset", "traindata"),
  VALIDATION(
      "validation", "val", "valid", "validate", "valset", "valdata", "dev", "eval", "evaluation"),
  TEST("test", "testing", "tests", "testset", "testdata");

  /** What stands beside these words in names such as training_set, seg_train and test1. */
  private static final Set<String> BESIDE =
      Set.of("set", "data", "dataset", "images", "image", "imgs", "img", "seg", "split", "part");

  private final Set<String> words;

  Part(String... words) {
    this.words = Set.of(words);
  }

  /** The part that a folder of this name holds; empty if it does not sound like one. */
  static Optional<Part> named(String folder) {
    List<String> words =
        Arrays.stream(folder.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}]+"))
            .filter(word -> !word.isEmpty() && !BESIDE.contains(word))
            .toList();
    return Arrays.stream(values())
        .filter(part -> words.size() == 1 && part.words.contains(words.get(0)))
        .findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
