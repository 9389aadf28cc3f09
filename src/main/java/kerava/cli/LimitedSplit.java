package kerava.cli;

import java.util.List;
import kerava.data.Dataset;
import kerava.data.Split;

/**
 * Some images of each part of some data: the first ones, or, where these would be of the first
 * class alone, some of all classes.
 *
 * @param all the data
 * @param limit how many images of each part
 */
record LimitedSplit(Split all, int limit) implements Split {
  private static final long SEED = 1;

  @Override
  public Dataset train() {
    return some(all.train());
  }

  @Override
  public Dataset validation() {
    return some(all.validation());
  }

  @Override
  public Dataset test() {
    return some(all.test());
  }

  private Dataset some(Dataset part) {
    return part.orderedByClass() ? part.sample(limit, SEED) : part.take(limit);
  }

  @Override
  public List<String> notes() {
    return all.notes();
  }

  @Override
  public String source() {
    String which =
        all.test().orderedByClass()
            ? " (%d images of each part, drawn over all classes with seed %d)"
                .formatted(limit, SEED)
            : " (the first %d images of each part)".formatted(limit);
    return all.source() + which;
  }
}
