package kerava.initializers;

import java.util.List;
import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Key;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
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
  /** Since Keras 3.15, which axes of a weight count; older versions would refuse the keys. */
  static final Key<Optional<List<Integer>>> INPUT_AXES = axes("input_axes");

  static final Key<Optional<List<Integer>>> OUTPUT_AXES = axes("output_axes");

  private static Key<Optional<List<Integer>>> axes(String name) {
    return Key.only(
            name, Codec.nullable(Codec.list(Codec.integer())), Optional.<List<Integer>>empty())
        .quiet();
  }

  /** The numbers for a weight; a seed in the config goes before the weight's. */
  Operand<TFloat32> value(Ops tf, Shape shape, long seed) {
    double variance = scale / Math.max(1, mode.of(shape));
    return distribution.draw(new Distribution.Draw(tf, shape, seed), variance);
  }
}
