package kerava.losses;

import java.util.Optional;
import kerava.Labels;
import kerava.Loss;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.functional.LogSum;
import kerava.graph.Sizes;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Brings the predictions of a class together and those of others apart, with the more weight the
 * farther they are from where they should be (Sun et al. 2020): (batch), (batch, n) → (batch).
 *
 * <p>Predictions are to have the norm 1, as behind UnitNormalization. Labels are numbers that
 * samples of a class have in common. A sample that is alone in its batch does not count.
 *
 * <p>By default γ, which scales similarities, is 80, the margin 0.4, and no sample is compared with
 * itself.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/losses/">Keras: losses</a>
 */
public record Circle(Config config) implements ReductionArgument<Circle> {
  private static final Key<Double> GAMMA = Key.of("gamma", Codec.number(), 80.0);
  private static final Key<Double> MARGIN = Key.of("margin", Codec.number(), 0.4);
  private static final Key<Boolean> REMOVE_DIAGONAL = Key.of("remove_diagonal", Codec.bool(), true);

  /** How the loss is written and read. */
  public static final Schema<Circle> SCHEMA =
      Loss.schema("Circle", Circle::new, GAMMA, MARGIN, REMOVE_DIAGONAL);

  /** The loss with γ = 80 and a margin of 0.4. */
  public static Circle of() {
    return new Circle(SCHEMA.config());
  }

  /** The same loss with another γ and another margin; 80 and 0.4 by default. */
  public Circle scale(double gamma, double margin) {
    return new Circle(config.with(GAMMA, gamma).with(MARGIN, margin));
  }

  /** The same loss that compares samples also with themselves, or not, the default. */
  public Circle removeDiagonal(boolean removeDiagonal) {
    return new Circle(config.with(REMOVE_DIAGONAL, removeDiagonal));
  }

  @Override
  public Labels.Kind labels() {
    return Labels.Kind.CLASSES;
  }

  @Override
  public Shape labelShape(Shape output) {
    if (output.numDimensions() != 2) {
      throw new IllegalArgumentException(
          "Circle: expected a model that gives (batch, n), got " + output + ".");
    }
    return output.subShape(0, 1);
  }

  /** All numbers: they count no outputs. */
  @Override
  public boolean takes(int label, Shape output) {
    return true;
  }

  @Override
  public boolean ofWholeBatch() {
    return true;
  }

  @Override
  public Operand<TFloat32> perSample(Ops tf, Labels labels, Operand<TFloat32> predictions) {
    Operand<TFloat32> margin = number(tf, config.get(MARGIN));
    Operand<TFloat32> distances = distances(tf, predictions);
    Operand<TBool> same = same(tf, labels.classes());
    // One minus the margin is rounded once, as Python does it.
    Operand<TFloat32> far = number(tf, 1 - config.get(MARGIN));
    Operand<TFloat32> farthest = number(tf, 1 + config.get(MARGIN));
    Operand<TFloat32> gamma = number(tf, config.get(GAMMA));
    Operand<TFloat32> pull = tf.nn.relu(tf.math.add(margin, distances));
    Operand<TFloat32> push = tf.nn.relu(tf.math.sub(farthest, distances));
    Operand<TFloat32> together =
        tf.math.mul(tf.math.mul(tf.math.neg(gamma), pull), tf.math.sub(margin, distances));
    Operand<TFloat32> apart = tf.math.mul(tf.math.mul(gamma, push), tf.math.sub(far, distances));
    Operand<TFloat32> never = tf.constant(Float.NEGATIVE_INFINITY);
    Operand<TFloat32> near = LogSum.of(tf, tf.select(others(tf, same), together, never), 1);
    Operand<TFloat32> off = LogSum.of(tf, tf.select(same, never, apart), 1);
    return tf.math.softplus(tf.math.add(near, off));
  }

  /** One minus the cosine of each pair. */
  private static Operand<TFloat32> distances(Ops tf, Operand<TFloat32> predictions) {
    Operand<TFloat32> cosines = tf.linalg.matMul(predictions, predictions, MatMul.transposeB(true));
    return tf.math.maximum(tf.math.sub(tf.constant(1f), cosines), tf.constant(0f));
  }

  private static Operand<TBool> same(Ops tf, Operand<TInt32> classes) {
    return tf.math.equal(
        tf.expandDims(classes, tf.constant(1)), tf.expandDims(classes, tf.constant(0)));
  }

  /** The pairs that belong together, a sample with itself only if that was asked for. */
  private Operand<TBool> others(Ops tf, Operand<TBool> same) {
    if (!config.get(REMOVE_DIAGONAL)) {
      return same;
    }
    Operand<TInt32> count = Sizes.of(tf, same, 0);
    return tf.math.logicalAnd(
        same, tf.math.logicalNot(same(tf, tf.range(tf.constant(0), count, tf.constant(1)))));
  }

  private static Operand<TFloat32> number(Ops tf, double value) {
    return tf.constant((float) value);
  }

  /** Those above 0: what has no other of its class, or of others, has a loss of 0. */
  @Override
  public Optional<Operand<TFloat32>> counted(Ops tf, Labels labels, Operand<TFloat32> losses) {
    Operand<TBool> some = tf.math.greater(losses, tf.constant(0f));
    return Optional.of(tf.dtypes.cast(some, TFloat32.class));
  }

  @Override
  public Schema<Circle> schema() {
    return SCHEMA;
  }
}
