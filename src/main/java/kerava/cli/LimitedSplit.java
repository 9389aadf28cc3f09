package kerava.cli;

import kerava.data.Dataset;
import kerava.data.Split;

/**
 * The first images of each part of some data.
 *
 * @param all the data
 * @param limit how many images of each part
 */
record LimitedSplit(Split all, int limit) implements Split {
  @Override
  public Dataset train() {
    return all.train().take(limit);
  }

  @Override
  public Dataset test() {
    return all.test().take(limit);
  }

  @Override
  public String source() {
    return all.source() + " (the first " + limit + " images of each part)";
  }
}
