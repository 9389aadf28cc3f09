package kerava.optimizers;

import java.util.Arrays;
import java.util.stream.LongStream;
import kerava.Optimizer;
import kerava.Parameter;
import kerava.Update;
import kerava.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The update of Adafactor.
 *
 * @param arguments the numbers that the optimizer is given
 * @param kept the share of the mean squares that this step keeps
 * @param size what a move is at most, relative to its weight
 */
record AdafactorRule(Arguments arguments, Operand<TFloat32> kept, Operand<TFloat32> size)
    implements Optimizer.Rule {
  /** The mean squares of rows. */
  static final String ROWS = "r";

  /** The mean squares of columns. */
  static final String COLUMNS = "c";

  /** The mean squares of all numbers, which follow from the other two where there are such. */
  static final String VELOCITY = "velocity";

  /** The numbers that the optimizer is given; see {@link Adafactor}. */
  record Arguments(double decay, double epsilon1, double epsilon2, double clipThreshold) {}

  static AdafactorRule of(Update update, Arguments arguments) {
    Ops tf = update.tf();
    Operand<TFloat32> step = update.number();
    Operand<TFloat32> kept =
        tf.math.sub(update.constant(1), tf.math.pow(step, update.constant(arguments.decay())));
    Operand<TFloat32> most = tf.math.div(update.constant(1), tf.math.sqrt(step));
    return new AdafactorRule(arguments, kept, tf.math.minimum(update.rate(), most));
  }

  /** Whether mean squares are kept of rows and columns: of the last two axes. */
  static boolean isFactored(Shape weight) {
    return weight.numDimensions() >= 2;
  }

  static Shape rows(Shape weight) {
    return weight.subShape(0, weight.numDimensions() - 1);
  }

  static Shape columns(Shape weight) {
    long[] sizes = weight.asArray();
    long[] others = Arrays.copyOf(sizes, sizes.length - 2);
    return Shape.of(
        LongStream.concat(Arrays.stream(others), LongStream.of(sizes[sizes.length - 1])).toArray());
  }

  @Override
  public Op update(Ops tf, Parameter parameter, Operand<TFloat32> gradient) {
    Operand<TFloat32> square = parameter.square(tf, gradient);
    Operand<TFloat32> squares = tf.math.add(square, number(tf, arguments.epsilon1()));
    Operand<TFloat32> means =
        isFactored(parameter.variable().shape())
            ? product(tf, parameter, squares)
            : mean(tf, parameter.slot(VELOCITY), squares);
    Operand<TFloat32> move = tf.math.div(gradient, tf.math.sqrt(means));
    Operand<TFloat32> excess =
        tf.math.div(
            tf.math.sqrt(mean(tf, tf.math.div(square, means))),
            number(tf, arguments.clipThreshold()));
    Operand<TFloat32> clipped = tf.math.div(move, tf.math.maximum(number(tf, 1), excess));
    Operand<TFloat32> weight = parameter.variable().read(tf, TFloat32.class);
    Operand<TFloat32> relative =
        tf.math.mul(
            tf.math.maximum(
                number(tf, arguments.epsilon2()), tf.math.sqrt(mean(tf, tf.math.square(weight)))),
            size);
    return tf.assignSubVariableOp(parameter.variable().handle(), tf.math.mul(relative, clipped));
  }

  /** What the means of rows and columns say of each number. */
  private Operand<TFloat32> product(Ops tf, Parameter parameter, Operand<TFloat32> squares) {
    Operand<TFloat32> rows = mean(tf, parameter.slot(ROWS), tf.math.mean(squares, tf.constant(-1)));
    Operand<TFloat32> columns =
        mean(tf, parameter.slot(COLUMNS), tf.math.mean(squares, tf.constant(-2)));
    Operand<TFloat32> whole = tf.math.mean(rows, tf.constant(-1), Mean.keepDims(true));
    Operand<TFloat32> share = tf.expandDims(tf.math.div(rows, whole), tf.constant(-1));
    return RunningMean.set(
        tf, parameter.slot(VELOCITY), tf.math.mul(share, tf.expandDims(columns, tf.constant(-2))));
  }

  private Operand<TFloat32> mean(Ops tf, Variable slot, Operand<TFloat32> value) {
    Operand<TFloat32> added = tf.math.sub(number(tf, 1), kept);
    Operand<TFloat32> old = tf.math.mul(kept, slot.read(tf, TFloat32.class));
    return RunningMean.set(tf, slot, tf.math.add(old, tf.math.mul(added, value)));
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> values) {
    Operand<TInt32> axes = tf.range(tf.constant(0), tf.rank(values), tf.constant(1));
    return tf.math.mean(values, axes);
  }

  private static Operand<TFloat32> number(Ops tf, double value) {
    return tf.constant((float) value);
  }
}
