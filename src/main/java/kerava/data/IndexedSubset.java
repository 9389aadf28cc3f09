package kerava.data;

/** Some samples of another data set, in an order of their own. */
final class IndexedSubset extends SubsetDataset {
  private final int[] chosen;

  IndexedSubset(Dataset base, int[] indices) {
    super(base, indices.length);
    ArrayDataset.checkIndices(indices, base.size());
    this.chosen = indices.clone();
  }

  @Override
  int place(int index) {
    return chosen[index];
  }

  @Override
  public boolean orderedByClass() {
    return false;
  }
}
