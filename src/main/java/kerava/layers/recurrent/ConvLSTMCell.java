package kerava.layers.recurrent;

import static kerava.layers.recurrent.ConvLSTMKeys.FILTERS;
import static kerava.layers.recurrent.ConvLSTMKeys.PADDING;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import kerava.Inputs;
import kerava.Layer;
import kerava.WeightSpec;
import kerava.config.Config;
import kerava.config.Schema;
import kerava.graph.Recurrence;
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
 * One step of a ConvLSTM layer: that of an LSTM whose products are convolutions.
 *
 * @param config the arguments
 * @param keys over how many axes the convolutions are
 */
record ConvLSTMCell(Config config, ConvLSTMKeys keys) implements RecurrentCell {
  private static final int GATES = 4;

  static ConvLSTMCell of(Layer layer, ConvLSTMKeys keys) {
    Config config = Cells.config(layer, schema(keys), "conv_lstm_cell");
    return new ConvLSTMCell(config, keys);
  }

  private static Schema<ConvLSTMCell> schema(ConvLSTMKeys keys) {
    return keys.layer("ConvLSTMCell", config -> new ConvLSTMCell(config, keys));
  }

  private StepConvolution convolution() {
    return new StepConvolution(
        config.get(keys.strides()), config.get(PADDING), config.get(keys.dilationRate()));
  }

  @Override
  public List<Shape> stateShapes(Inputs step) {
    Shape x = input(step);
    List<Integer> kernel = config.get(keys.kernelSize());
    long[] sizes = x.asArray();
    for (int axis = 0; axis < keys.axes(); axis++) {
      sizes[axis + 1] = convolution().places(x.get(axis + 1), kernel.get(axis), axis);
      if (sizes[axis + 1] < 1) {
        throw step.refuse("steps of at least " + kernel, "");
      }
    }
    sizes[sizes.length - 1] = config.get(FILTERS);
    Shape state = Shape.of(sizes);
    return List.of(state, state);
  }

  private Shape input(Inputs step) {
    Shape x = step.shapes().get(0);
    if (x.numDimensions() != keys.axes() + 2) {
      throw step.refuse(
          "input of rank " + (keys.axes() + 3) + " (batch, steps, ..., channels)", "");
    }
    if (Arrays.stream(x.asArray()).skip(1).anyMatch(size -> size == Shape.UNKNOWN_SIZE)) {
      throw step.refuse("known sizes and channels", "");
    }
    return x;
  }

  @Override
  public OptionalInt outputState(Inputs step) {
    return OptionalInt.of(0);
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    Shape x = input(inputs);
    long filters = config.get(FILTERS);
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(
        KernelArguments.KERNEL.weight(config, "kernel", kernel(x.get(x.numDimensions() - 1))));
    weights.add(CellArguments.RECURRENT.weight(config, "recurrent_kernel", kernel(filters)));
    if (config.get(BiasArguments.USE_BIAS)) {
      Initializer first = config.get(BiasArguments.BIAS.initializer());
      boolean open = config.get(LSTMArguments.UNIT_FORGET_BIAS);
      weights.add(
          WeightSpec.trained(
                  "bias", Shape.of(GATES * filters), open ? new ForgetBias(first) : first)
              .regularized(config.get(BiasArguments.BIAS.regularizer()))
              .constrained(config.get(BiasArguments.BIAS.constraint())));
    }
    return List.copyOf(weights);
  }

  private Shape kernel(long channels) {
    long[] sizes = config.get(keys.kernelSize()).stream().mapToLong(Integer::longValue).toArray();
    return Shape.of(sizes).append(channels).append((long) GATES * config.get(FILTERS));
  }

  @Override
  public CellSteps steps(Scope scope, StepBatch batch) {
    StepDropout dropout = new StepDropout(scope, config);
    double rate = config.get(CellArguments.DROPOUT);
    List<Operand<TFloat32>> input = new ArrayList<>(List.of(scope.weight("kernel")));
    if (config.get(BiasArguments.USE_BIAS)) {
      input.add(scope.weight("bias"));
    }
    Ops tf = scope.tf();
    if (dropout.is(rate)) {
      input.addAll(dropout.factors(rate, batch.shape(tf, input(batch.step())), GATES));
    }
    List<Operand<TFloat32>> constants = new ArrayList<>(List.of(scope.weight("recurrent_kernel")));
    double stateRate = config.get(CellArguments.RECURRENT_DROPOUT);
    if (dropout.is(stateRate)) {
      Shape state = stateShapes(batch.step()).get(0);
      constants.addAll(dropout.factors(stateRate, batch.shape(tf, state), GATES));
    }
    return new CellSteps(input, constants, this::project, this::step);
  }

  private Operand<TFloat32> project(
      Ops tf, Operand<TFloat32> x, List<Operand<TFloat32>> constants) {
    boolean biased = config.get(BiasArguments.USE_BIAS);
    List<Operand<TFloat32>> factors = constants.subList(biased ? 2 : 1, constants.size());
    Operand<TFloat32> z = gates(tf, convolution(), x, constants.get(0), factors);
    // TensorFlow adds a bias along the last axis only up to rank 5.
    return biased ? tf.math.add(z, constants.get(1)) : z;
  }

  /** The convolutions of all gates beside each other. */
  private static Operand<TFloat32> gates(
      Ops tf,
      StepConvolution convolution,
      Operand<TFloat32> x,
      Operand<TFloat32> kernel,
      List<Operand<TFloat32>> factors) {
    if (factors.isEmpty()) {
      return convolved(tf, convolution, x, kernel);
    }
    List<Operand<TFloat32>> kernels = split(tf, kernel);
    List<Operand<TFloat32>> gates = new ArrayList<>();
    for (int i = 0; i < GATES; i++) {
      gates.add(convolved(tf, convolution, tf.math.mul(x, factors.get(i)), kernels.get(i)));
    }
    return tf.concat(gates, tf.constant(-1));
  }

  private static Operand<TFloat32> convolved(
      Ops tf, StepConvolution convolution, Operand<TFloat32> x, Operand<TFloat32> kernel) {
    Shape shape = x.shape();
    if (shape.numDimensions() == kernel.shape().numDimensions()) {
      return convolution.of(tf, x, kernel);
    }
    Shape each = shape.tail().tail();
    Operand<TFloat32> rows = tf.reshape(x, tf.constant(each.prepend(-1).asArray()));
    Operand<TFloat32> y = convolution.of(tf, rows, kernel);
    Shape wanted = y.shape().tail().prepend(shape.get(1)).prepend(shape.get(0));
    return tf.reshape(y, DynamicShape.of(tf, wanted, x));
  }

  private static List<Operand<TFloat32>> split(Ops tf, Operand<TFloat32> gates) {
    int last = gates.shape().numDimensions() - 1;
    return List.copyOf(tf.split(tf.constant(last), gates, (long) GATES).output());
  }

  private Recurrence.Turn step(
      Ops tf,
      Operand<TFloat32> projected,
      List<Operand<TFloat32>> states,
      List<Operand<TFloat32>> constants) {
    Operand<TFloat32> recurrent =
        gates(
            tf,
            StepConvolution.plain(keys.axes()),
            states.get(0),
            constants.get(0),
            constants.subList(1, constants.size()));
    return LSTMCell.gated(config, tf, split(tf, tf.math.add(projected, recurrent)), states.get(1));
  }

  @Override
  public Schema<ConvLSTMCell> schema() {
    return schema(keys);
  }
}
