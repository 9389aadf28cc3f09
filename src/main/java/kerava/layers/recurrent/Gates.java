package kerava.layers.recurrent;

import static kerava.layers.recurrent.CellArguments.DROPOUT;
import static kerava.layers.recurrent.CellArguments.RECURRENT;
import static kerava.layers.recurrent.CellArguments.RECURRENT_DROPOUT;
import static kerava.layers.recurrent.GateArguments.IMPLEMENTATION;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import kerava.Inputs;
import kerava.WeightSpec;
import kerava.config.Config;
import kerava.graph.Scope;
import kerava.initializers.Initializer;
import kerava.layers.BiasArguments;
import kerava.layers.DynamicShape;
import kerava.layers.KernelArguments;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The products of a cell, whose kernels hold those of several gates beside each other.
 *
 * @param config the cell's
 * @param units the numbers of a gate
 * @param count how many gates there are
 */
record Gates(Config config, int units, int count) {
  /** The weights: kernels, and a bias unless the cell is told not to have one. */
  List<WeightSpec> weights(Inputs step, Shape bias, Initializer first) {
    long features = features(step);
    List<WeightSpec> weights = new ArrayList<>();
    long width = (long) units * count;
    weights.add(KernelArguments.KERNEL.weight(config, "kernel", Shape.of(features, width)));
    weights.add(RECURRENT.weight(config, "recurrent_kernel", Shape.of(units, width)));
    if (biased()) {
      weights.add(
          WeightSpec.trained("bias", bias, first)
              .regularized(config.get(BiasArguments.BIAS.regularizer()))
              .constrained(config.get(BiasArguments.BIAS.constraint())));
    }
    return List.copyOf(weights);
  }

  boolean biased() {
    return config.get(BiasArguments.USE_BIAS);
  }

  static long features(Inputs step) {
    Shape x = step.shapes().get(0);
    if (x.numDimensions() != 2) {
      throw step.refuse("inputs of rank 2 (batch, features) at each step", "");
    }
    if (x.get(1) == Shape.UNKNOWN_SIZE) {
      throw step.refuse("a known number of features", "");
    }
    return x.get(1);
  }

  /** The shape of a state. */
  Shape state(Inputs step) {
    features(step);
    return Shape.of(step.shapes().get(0).get(0), units);
  }

  /** The kernel, the bias if there is one, and what dropout leaves of the inputs. */
  List<Operand<TFloat32>> inputConstants(
      Scope scope, StepBatch batch, UnaryOperator<Operand<TFloat32>> bias) {
    List<Operand<TFloat32>> constants = new ArrayList<>(List.of(scope.weight("kernel")));
    if (biased()) {
      constants.add(bias.apply(scope.weight("bias")));
    }
    boolean apart = config.get(IMPLEMENTATION) == 1 || config.get(RECURRENT_DROPOUT) > 0;
    constants.addAll(inputFactors(scope, batch, apart));
    return constants;
  }

  /** What cells make of inputs alone: products with the kernel, and the bias. */
  Operand<TFloat32> projected(Ops tf, Operand<TFloat32> x, List<Operand<TFloat32>> inputConstants) {
    int first = biased() ? 2 : 1;
    List<Operand<TFloat32>> factors = inputConstants.subList(first, inputConstants.size());
    Operand<TFloat32> products = products(tf, x, inputConstants.get(0), factors);
    return first == 1 ? products : tf.nn.biasAdd(products, inputConstants.get(1));
  }

  /**
   * The recurrent kernel: whole, or one a gate where dropout leaves out other parts of the state
   * for each, or the cell wants it so; and what dropout leaves.
   */
  List<Operand<TFloat32>> stateConstants(Scope scope, StepBatch batch, boolean apart) {
    List<Operand<TFloat32>> factors = stateFactors(scope, batch);
    Operand<TFloat32> kernel = scope.weight("recurrent_kernel");
    if (factors.isEmpty() && !apart) {
      return List.of(kernel);
    }
    List<Operand<TFloat32>> constants = new ArrayList<>(split(scope.tf(), kernel));
    constants.addAll(factors);
    return constants;
  }

  /** What is left of a state for a gate. */
  Operand<TFloat32> left(
      Ops tf, Operand<TFloat32> state, List<Operand<TFloat32>> stateConstants, int gate) {
    return stateConstants.size() <= count
        ? state
        : tf.math.mul(state, stateConstants.get(count + gate));
  }

  /** The product of a state and the recurrent kernel, for a gate. */
  Operand<TFloat32> recurrent(
      Ops tf, Operand<TFloat32> state, List<Operand<TFloat32>> stateConstants, int gate) {
    return tf.linalg.matMul(left(tf, state, stateConstants, gate), stateConstants.get(gate));
  }

  /** The products of a state and the recurrent kernel, of all gates beside each other. */
  Operand<TFloat32> recurrent(
      Ops tf, Operand<TFloat32> state, List<Operand<TFloat32>> stateConstants) {
    if (stateConstants.size() == 1) {
      return tf.linalg.matMul(state, stateConstants.get(0));
    }
    if (count == 1) {
      return recurrent(tf, state, stateConstants, 0);
    }
    List<Operand<TFloat32>> products = new ArrayList<>();
    for (int gate = 0; gate < count; gate++) {
      products.add(recurrent(tf, state, stateConstants, gate));
    }
    return tf.concat(products, tf.constant(-1));
  }

  /** What dropout leaves of the inputs, where it leaves something out. */
  private List<Operand<TFloat32>> inputFactors(Scope scope, StepBatch batch, boolean apart) {
    StepDropout dropout = new StepDropout(scope, config);
    double rate = config.get(DROPOUT);
    Shape each = batch.step().shapes().get(0);
    return dropout.is(rate)
        ? dropout.factors(rate, batch.shape(scope.tf(), each), apart ? count : 1)
        : List.of();
  }

  /** What dropout leaves of the states, where it leaves something out. */
  private List<Operand<TFloat32>> stateFactors(Scope scope, StepBatch batch) {
    StepDropout dropout = new StepDropout(scope, config);
    double rate = config.get(RECURRENT_DROPOUT);
    return dropout.is(rate)
        ? dropout.factors(rate, batch.shape(scope.tf(), state(batch.step())), count)
        : List.of();
  }

  /**
   * The products of inputs and kernel.
   *
   * @param x (batch, features) or (steps, batch, features)
   * @param kernel (features, gates)
   * @param factors what dropout leaves of the inputs: for all gates, for each, or none
   */
  private Operand<TFloat32> products(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel, List<Operand<TFloat32>> factors) {
    if (factors.size() <= 1) {
      return product(tf, factors.isEmpty() ? x : tf.math.mul(x, factors.get(0)), kernel);
    }
    List<Operand<TFloat32>> columns = split(tf, kernel);
    List<Operand<TFloat32>> products = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      products.add(product(tf, tf.math.mul(x, factors.get(i)), columns.get(i)));
    }
    return tf.concat(products, tf.constant(-1));
  }

  private static Operand<TFloat32> product(Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel) {
    Shape shape = x.shape();
    if (shape.numDimensions() == 2) {
      return tf.linalg.matMul(x, kernel);
    }
    Operand<TFloat32> rows = tf.reshape(x, tf.constant(new long[] {-1, shape.get(2)}));
    Shape wanted = Shape.of(shape.get(0), shape.get(1), kernel.shape().get(1));
    return tf.reshape(tf.linalg.matMul(rows, kernel), DynamicShape.of(tf, wanted, x));
  }

  /** The parts of a kernel, a bias or what was made of them, one a gate. */
  List<Operand<TFloat32>> split(Ops tf, Operand<TFloat32> gates) {
    return List.copyOf(
        tf.split(tf.constant(gates.shape().numDimensions() - 1), gates, (long) count).output());
  }
}
