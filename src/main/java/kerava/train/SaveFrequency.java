package kerava.train;

/**
 * How often something is written, counted over a whole run.
 *
 * @param epochs after so many epochs
 * @param batches or after so many batches instead, if that is not 0
 */
public record SaveFrequency(int epochs, int batches) {
  /** Whether it is time when so many epochs have ended. */
  public boolean afterEpochs(int ended) {
    return batches == 0 && ended % epochs == 0;
  }

  /** Whether it is time when so many batches have ended. */
  public boolean afterBatches(long ended) {
    return batches > 0 && ended % batches == 0;
  }

  /** In how many batches it is time, when so many have ended; in an endless number if by epochs. */
  public int batchesUntil(long ended) {
    return batches == 0 ? Integer.MAX_VALUE : (int) (batches - ended % batches);
  }
}
