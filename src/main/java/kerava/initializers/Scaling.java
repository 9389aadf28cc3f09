package kerava.initializers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Random numbers whose spread follows from the shape of a weight.
 *
 * <p>Our own, because tensorflow-framework 1.0.0's VarianceScaling draws uniform numbers from 0 to
 * the limit, without the negative half; {@code FrameworkDefectsTest} shows it.
 *
 * @param scale the variance, times the number of connections
 * @param mode which connections
 * @param distribution how the numbers are spread
 */
record Scaling(double scale, FanMode mode, Distribution distribution) {
  /**
   * The numbers for a weight.
   *
   * @param connected the shape that its connections are counted by
   */
  Operand<TFloat32> value(Distribution.Draw draw, Shape connected) {
    return distribution.draw(draw, scale / Math.max(1, mode.of(connected)));
  }
}
