package kerava.data.folders;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A split of a data set, as people name the folders of splits. */
public enum SplitName {
  TRAIN,
  VALIDATION,
  TEST;

  private static final Map<String, SplitName> WORDS = new HashMap<>();

  static {
    for (String word : List.of("train", "training", "trainset", "traindata")) {
      WORDS.put(word, TRAIN);
    }
    for (String word :
        List.of("validation", "val", "valid", "validate", "valset", "dev", "eval", "evaluation")) {
      WORDS.put(word, VALIDATION);
    }
    for (String word : List.of("test", "testing", "tests", "testset", "testdata")) {
      WORDS.put(word, TEST);
    }
  }

  /** What stands beside these words in names such as training_set, seg_train and test1. */
  private static final Set<String> BESIDE =
      Set.of("set", "data", "dataset", "images", "image", "imgs", "img", "seg", "split", "part");

  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{M}]+");

  /** The split that a folder of this name holds; empty if it does not sound like one. */
  static Optional<SplitName> named(String folder) {
    List<String> words =
        NO_LETTERS
            .splitAsStream(folder.toLowerCase(Locale.ROOT))
            .filter(word -> !word.isEmpty() && !BESIDE.contains(word))
            .toList();
    return words.size() == 1 ? Optional.ofNullable(WORDS.get(words.get(0))) : Optional.empty();
  }
}
