package kerava;

import kerava.config.Codec;
import kerava.config.Source;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * How the losses of single samples become one number.
 *
 * @see <a href="https://keras.io/api/losses/">Keras: losses</a>
 */
public enum Reduction {
  /** Their weighted sum over their number, as is Keras' default: not over the weights' sum. */
  SUM_OVER_BATCH_SIZE {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> losses, Operand<TFloat32> weights) {
      // One loss of a whole batch becomes as many as there are weights, as in Keras.
      Operand<TFloat32> weighted = tf.math.mul(losses, weights);
      return tf.math.div(total(tf, weighted), count(tf, weighted));
    }
  },
  /** Their weighted sum. */
  SUM {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> losses, Operand<TFloat32> weights) {
      return total(tf, tf.math.mul(losses, weights));
    }
  },
  /** The same as {@link #SUM_OVER_BATCH_SIZE}; Keras knows both names. */
  MEAN {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> losses, Operand<TFloat32> weights) {
      return SUM_OVER_BATCH_SIZE.apply(tf, losses, weights);
    }
  },
  /** Their weighted sum over the sum of the weights. */
  MEAN_WITH_SAMPLE_WEIGHT {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> losses, Operand<TFloat32> weights) {
      // OnesLike has no gradient in TensorFlow Java 1.1.0, and needs none.
      Operand<TFloat32> ones = tf.stopGradient(tf.onesLike(losses));
      Operand<TFloat32> all = tf.math.mul(ones, weights);
      return tf.math.divNoNan(total(tf, tf.math.mul(losses, weights)), total(tf, all));
    }
  };

  /**
   * How a reduction stands in a config. Keras' "none" is refused: a loss that is no single number
   * cannot be made small.
   */
  public static Codec<Reduction> codec() {
    Codec<Reduction> names = Codec.choice(Reduction.class);
    return Codec.of(names.expected(), names::write, source -> read(source, names));
  }

  // Keras 2 writes "auto" for what is the default since.
  private static Reduction read(Source source, Codec<Reduction> names) {
    boolean auto = "auto".equals(source.node().textValue());
    return auto ? SUM_OVER_BATCH_SIZE : names.read(source);
  }

  /**
   * Adds the operations of the reduction.
   *
   * @param losses the loss of each sample, of shape (batch) or more
   * @param weights a scalar, or one number a sample, of a shape that broadcasts to the losses'
   * @return a scalar
   */
  public abstract Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> losses, Operand<TFloat32> weights);

  /**
   * Adds the operations that leave losses out of the reduction: a mean is over the others alone.
   *
   * @param counted 1 for losses that count and 0 for others, of the shape of the losses
   * @param weights a scalar, or one number a sample
   * @return what to apply the reduction with, of the shape of the losses
   */
  public Operand<TFloat32> masked(Ops tf, Operand<TFloat32> counted, Operand<TFloat32> weights) {
    Operand<TFloat32> kept = tf.math.mul(counted, weights);
    if (this != SUM_OVER_BATCH_SIZE && this != MEAN) {
      return kept;
    }
    return tf.math.mul(kept, tf.math.divNoNan(count(tf, counted), total(tf, counted)));
  }

  private static Operand<TFloat32> total(Ops tf, Operand<TFloat32> values) {
    return tf.reduceSum(values, tf.range(tf.constant(0), tf.rank(values), tf.constant(1)));
  }

  private static Operand<TFloat32> count(Ops tf, Operand<TFloat32> values) {
    return tf.dtypes.cast(tf.size(values, TInt32.class), TFloat32.class);
  }
}
