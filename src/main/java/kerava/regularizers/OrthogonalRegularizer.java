package kerava.regularizers;

import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * The mean absolute cosine between the rows, or between the columns, of a matrix, times a factor.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/regularizers/#orthogonalregularizer-class">Keras:
 *     OrthogonalRegularizer</a>
 */
public record OrthogonalRegularizer(Config config) implements Regularizer {
  /** What should be orthogonal to each other. */
  public enum Mode {
    /** The rows. */
    ROWS,
    /** The columns. */
    COLUMNS
  }

  private static final Key<Double> FACTOR = Key.of("factor", Codec.atLeastZero(), 0.01);
  private static final Key<Mode> MODE = Key.of("mode", Codec.choice(Mode.class), Mode.ROWS);

  /** How the regularizer is written and read. */
  public static final Schema<OrthogonalRegularizer> SCHEMA =
      Schema.of(
          "keras.regularizers", "OrthogonalRegularizer", OrthogonalRegularizer::new, FACTOR, MODE);

  /** The penalty on the rows with a factor of 0.01. */
  public static OrthogonalRegularizer of() {
    return new OrthogonalRegularizer(SCHEMA.config());
  }

  /**
   * The penalty with a factor.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public static OrthogonalRegularizer of(double factor, Mode mode) {
    return new OrthogonalRegularizer(SCHEMA.config().with(FACTOR, factor).with(MODE, mode));
  }

  @Override
  public Operand<TFloat32> penalty(Ops tf, Operand<TFloat32> values) {
    if (values.shape().numDimensions() != 2) {
      throw new IllegalArgumentException(
          "OrthogonalRegularizer: expected a weight of rank 2, got " + values.shape() + ".");
    }
    boolean rows = config.get(MODE) == Mode.ROWS;
    Operand<TFloat32> unit = unit(tf, values, rows ? 1 : 0);
    Operand<TFloat32> cosines =
        tf.linalg.matMul(unit, unit, MatMul.transposeA(!rows), MatMul.transposeB(rows));
    double size = values.shape().get(rows ? 0 : 1);
    double pairs = size * (size - 1) / 2;
    Operand<TFloat32> diagonal = tf.linalg.tensorDiag(tf.linalg.tensorDiagPart(cosines));
    Operand<TFloat32> others = tf.math.sub(cosines, diagonal);
    return Sums.absolute(tf, others, config.get(FACTOR) / 2 / pairs);
  }

  /** As Keras' {@code normalize}: a vector of zeros stays one. */
  private static Operand<TFloat32> unit(Ops tf, Operand<TFloat32> values, int axis) {
    Operand<TFloat32> squares =
        tf.sum(tf.math.square(values), tf.constant(axis), Sum.keepDims(true));
    return tf.math.mul(values, tf.math.rsqrt(tf.math.maximum(squares, tf.constant(1e-12f))));
  }

  @Override
  public Schema<OrthogonalRegularizer> schema() {
    return SCHEMA;
  }
}
