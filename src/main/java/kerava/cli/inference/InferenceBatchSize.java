package kerava.cli.inference;

import kerava.graph.Rows;
import org.tensorflow.ndarray.Shape;

/** How many images a model predicts at once: all together may be more than memory holds. */
public final class InferenceBatchSize {
  private static final int MOST = 250;

  /** Bytes of pixels; a model takes several times as many for what it computes of them. */
  private static final int PIXELS = 64 << 20;

  private InferenceBatchSize() {}

  /**
   * The number for images of a shape.
   *
   * @param image (height, width, channels)
   */
  public static int of(Shape image) {
    return Math.max(1, Math.min(MOST, PIXELS / Math.max(1, Rows.length(image))));
  }
}
