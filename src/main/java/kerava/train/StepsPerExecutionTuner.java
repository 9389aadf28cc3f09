package kerava.train;

/** How many steps a run should have, by the time that they take. */
final class StepsPerExecutionTuner {
  /**
   * What a run should take at most, in seconds: nothing beside the start of one, and little enough
   * that progress is smooth, and that a training ends soon when it is asked to.
   */
  private static final double RUN = 0.1;

  private final int most;
  private int whole;
  private double secondsPerStep = Double.POSITIVE_INFINITY;

  /**
   * Nothing is known of the time yet.
   *
   * @param most how many steps a run may have
   */
  StepsPerExecutionTuner(int most) {
    this.most = most;
  }

  /** At least 1. */
  int steps() {
    return (int) Math.max(1, Math.min(most, RUN / secondsPerStep));
  }

  /**
   * Learns from a run of whole batches, as the last one of an epoch may be small. The fastest run
   * counts, as others waited for something else.
   *
   * @param size how many samples each batch had
   * @param steps how many batches there were
   */
  void ran(int size, int steps, double seconds) {
    if (size >= whole) {
      whole = size;
      secondsPerStep = Math.min(secondsPerStep, seconds / steps);
    }
  }
}
