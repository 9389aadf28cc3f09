package kerava.data;

/** A split of two data sets that are at hand; public data sets add how they come about. */
class TrainTestSplit implements Split {
  private final Dataset train;
  private final Dataset test;
  private final String source;

  TrainTestSplit(Dataset train, Dataset test, String source) {
    this.train = train;
    this.test = test;
    this.source = source;
  }

  @Override
  public final Dataset train() {
    return train;
  }

  @Override
  public final Dataset test() {
    return test;
  }

  @Override
  public final String source() {
    return source;
  }
}
