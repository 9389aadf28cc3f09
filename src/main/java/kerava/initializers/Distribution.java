package kerava.initializers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** How random numbers of a certain variance are spread around 0. */
public enum Distribution {
  /** Normal, without what is further from 0 than two standard deviations. */
  TRUNCATED_NORMAL {
    @Override
    Operand<TFloat32> draw(Draw draw, double variance) {
      return draw.truncatedNormal(0, Math.sqrt(variance) / TRUNCATION);
    }
  },
  /** Normal. */
  UNTRUNCATED_NORMAL {
    @Override
    Operand<TFloat32> draw(Draw draw, double variance) {
      return draw.normal(0, Math.sqrt(variance));
    }
  },
  /** Equally between two bounds. */
  UNIFORM {
    @Override
    Operand<TFloat32> draw(Draw draw, double variance) {
      double limit = Math.sqrt(3 * variance);
      return draw.uniform(-limit, limit);
    }
  };

  /** The standard deviation of a normal distribution that is cut off at ±2. */
  private static final double TRUNCATION = 0.8796256610342398;

  /** Adds the operations that draw numbers of that variance. */
  abstract Operand<TFloat32> draw(Draw draw, double variance);

  /**
   * Draws by TensorFlow's stateless operations.
   *
   * @param tf where
   * @param shape how many
   * @param seed what they follow from
   */
  record Draw(Ops tf, Shape shape, long seed) {
    Operand<TFloat32> uniform(double least, double most) {
      Operand<TFloat32> unit =
          tf.random.statelessRandomUniform(dimensions(), seeds(), TFloat32.class);
      return spread(unit, least, most - least);
    }

    Operand<TFloat32> normal(double mean, double deviation) {
      Operand<TFloat32> unit =
          tf.random.statelessRandomNormal(dimensions(), seeds(), TFloat32.class);
      return spread(unit, mean, deviation);
    }

    Operand<TFloat32> truncatedNormal(double mean, double deviation) {
      Operand<TFloat32> unit =
          tf.random.statelessTruncatedNormal(dimensions(), seeds(), TFloat32.class);
      return spread(unit, mean, deviation);
    }

    private Operand<TFloat32> spread(Operand<TFloat32> unit, double offset, double factor) {
      return tf.math.add(
          tf.math.mul(unit, tf.constant((float) factor)), tf.constant((float) offset));
    }

    private Operand<TInt64> dimensions() {
      return tf.constant(shape.asArray());
    }

    private Operand<TInt64> seeds() {
      return tf.constant(new long[] {seed, 0});
    }
  }
}
