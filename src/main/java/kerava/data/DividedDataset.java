package kerava.data;

/** The samples of another data set with a divisor of their own. */
final class DividedDataset extends DatasetView {
  private final float divisor;

  DividedDataset(Dataset base, float divisor) {
    super(base);
    this.divisor = checked(divisor);
  }

  static float checked(float divisor) {
    if (!Float.isFinite(divisor) || divisor == 0) {
      throw new IllegalArgumentException(
          "Dataset: expected a finite divisor other than 0, got " + divisor + ".");
    }
    return divisor;
  }

  @Override
  public float divisor() {
    return divisor;
  }
}
