package kerava.cli.options;

import java.util.List;
import kerava.data.Dataset;
import kerava.data.Split;

/**
 * Some images of each set of a split: the first ones, or, where these would be of the first class
 * alone, some of all classes.
 */
record SplitSubset(
    Dataset train, Dataset validation, Dataset test, String source, List<String> notes)
    implements Split {
  private static final long SEED = 1;

  static Split of(Split all, int limit) {
    Dataset test = all.test().some(limit, SEED);
    return new SplitSubset(
        all.train().some(limit, SEED),
        all.validation() == all.test() ? test : all.validation().some(limit, SEED),
        test,
        all.source() + which(all.test(), limit),
        all.notes());
  }

  private static String which(Dataset part, int limit) {
    return part.orderedByClass()
        ? " (at most %d images of each part, drawn over all classes with seed %d)"
            .formatted(limit, SEED)
        : " (the first %d images of each part)".formatted(limit);
  }
}
