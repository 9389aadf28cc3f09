package kerava.data;

/** Some neighbouring samples of another data set. */
final class RangeSubset extends SubsetDataset {
  private final int from;

  RangeSubset(Dataset base, int from, int to) {
    super(base, to - from);
    if (from < 0 || to < from || to > base.size()) {
      throw new IllegalArgumentException(
          "Dataset: expected a range within 0 to %d, got %d to %d."
              .formatted(base.size(), from, to));
    }
    this.from = from;
  }

  @Override
  int place(int index) {
    return index + from;
  }
}
