package kerava.optimizers;

import java.util.List;
import java.util.Optional;
import kerava.Optimizer;
import kerava.Parameter;
import kerava.Update;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * The update of Muon.
 *
 * @param matrices how matrices are updated
 * @param others how others are: those that have a second moment
 * @param rate the learning rate
 * @param size the learning rate of the others, with their moments made free of bias
 */
record MuonRule(Matrices matrices, Others others, Operand<TFloat32> rate, Operand<TFloat32> size)
    implements Optimizer.Rule {
  /** What is remembered of every weight. */
  static final String MOMENTUM = "momentum";

  /** What is remembered of others alone. */
  static final String VELOCITY = "velocity";

  /** What keeps a norm from 0. */
  private static final float SMALL = 1e-7f;

  /**
   * How matrices are updated; see {@link Muon}.
   *
   * @param factors of the matrix, its cube and its fifth power in an iteration
   * @param momentum the share kept
   * @param nesterov whether the momentum is Nesterov's
   * @param iterations how often a matrix is brought nearer to an orthogonal one
   * @param rmsRate the size of a move; empty for 1 over the root of the larger side
   */
  record Matrices(
      List<Double> factors,
      double momentum,
      boolean nesterov,
      int iterations,
      Optional<Double> rmsRate) {}

  /**
   * How all others are updated.
   *
   * @param moments β₁, β₂ and ε
   * @param ratio of their learning rate to that of matrices
   */
  record Others(Moments moments, double ratio) {}

  static MuonRule of(Update update, Matrices matrices, Others others) {
    Ops tf = update.tf();
    Operand<TFloat32> one = update.constant(1);
    Operand<TFloat32> power1 =
        tf.math.pow(update.constant(others.moments().beta1()), update.number());
    Operand<TFloat32> power2 =
        tf.math.pow(update.constant(others.moments().beta2()), update.number());
    Operand<TFloat32> rate = tf.math.mul(update.rate(), update.constant(others.ratio()));
    Operand<TFloat32> size =
        tf.math.div(
            tf.math.mul(rate, tf.math.sqrt(tf.math.sub(one, power2))), tf.math.sub(one, power1));
    return new MuonRule(matrices, others, update.rate(), size);
  }

  @Override
  public Op update(Ops tf, Parameter parameter, Operand<TFloat32> gradient) {
    Operand<TFloat32> move =
        parameter.has(VELOCITY) ? other(tf, parameter, gradient) : matrix(tf, parameter, gradient);
    return tf.assignSubVariableOp(parameter.variable().handle(), move);
  }

  private Operand<TFloat32> other(Ops tf, Parameter parameter, Operand<TFloat32> gradient) {
    Moments moments = others.moments();
    Operand<TFloat32> m =
        RunningMean.of(tf, moments.beta1()).add(parameter.slot(MOMENTUM), gradient);
    Operand<TFloat32> v =
        RunningMean.of(tf, moments.beta2())
            .add(parameter.slot(VELOCITY), parameter.square(tf, gradient));
    Operand<TFloat32> root = tf.math.add(tf.math.sqrt(v), tf.constant((float) moments.epsilon()));
    return tf.math.div(tf.math.mul(m, size), root);
  }

  private Operand<TFloat32> matrix(Ops tf, Parameter parameter, Operand<TFloat32> gradient) {
    Operand<TFloat32> kept = tf.constant((float) matrices.momentum());
    Operand<TFloat32> old = tf.math.mul(parameter.slot(MOMENTUM).read(tf, TFloat32.class), kept);
    Operand<TFloat32> m = RunningMean.set(tf, parameter.slot(MOMENTUM), tf.math.add(old, gradient));
    Operand<TFloat32> direction =
        matrices.nesterov() ? tf.math.add(gradient, tf.math.mul(kept, m)) : m;
    Shape shape = parameter.variable().shape();
    Operand<TFloat32> move = tf.math.mul(rate, orthogonal(tf, direction, shape));
    double larger = Math.sqrt((double) Math.max(shape.get(0), shape.get(1)));
    return matrices
        .rmsRate()
        .<Operand<TFloat32>>map(
            rms ->
                tf.math.mul(
                    tf.math.mul(move, tf.constant((float) larger)), tf.constant(rms.floatValue())))
        .orElse(move);
  }

  /** The nearest matrix of orthogonal rows or columns, about, by Newton's and Schulz' iteration. */
  private Operand<TFloat32> orthogonal(Ops tf, Operand<TFloat32> matrix, Shape shape) {
    boolean tall = shape.get(0) > shape.get(1);
    Operand<TFloat32> flat = tall ? turned(tf, matrix) : matrix;
    Operand<TFloat32> squares = tf.reduceSum(tf.math.square(flat), tf.constant(new int[] {0, 1}));
    Operand<TFloat32> norm = tf.math.add(tf.math.sqrt(squares), tf.constant(SMALL));
    Operand<TFloat32> x = tf.math.div(flat, norm);
    List<Double> factors = matrices.factors();
    for (int i = 0; i < matrices.iterations(); i++) {
      Operand<TFloat32> a = tf.linalg.matMul(x, x, MatMul.transposeB(true));
      Operand<TFloat32> fifth = tf.linalg.matMul(scaled(tf, a, factors.get(2)), a);
      Operand<TFloat32> b = tf.math.add(scaled(tf, a, factors.get(1)), fifth);
      x = tf.math.add(scaled(tf, x, factors.get(0)), tf.linalg.matMul(b, x));
    }
    return tall ? turned(tf, x) : x;
  }

  private static Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> x, double factor) {
    return tf.math.mul(x, tf.constant((float) factor));
  }

  private static Operand<TFloat32> turned(Ops tf, Operand<TFloat32> matrix) {
    return tf.linalg.transpose(matrix, tf.constant(new int[] {1, 0}));
  }
}
