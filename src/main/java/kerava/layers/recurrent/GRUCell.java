package kerava.layers.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import kerava.Inputs;
import kerava.Layer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Recurrence;
import kerava.graph.Scope;
import kerava.layers.ActivationFunction;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One step of a {@link GRU}: an input (batch, features) and a state (batch, units) → an output
 * (batch, units), which is the new state too.
 *
 * <p>Its weights are {@code kernel} (features, 3 units), {@code recurrent_kernel} (units, 3 units)
 * and {@code bias}, for the update gate, the reset gate and the new content. The bias is of shape
 * (2, 3 units), of the kernel and of the recurrent one, or of shape (3 units) where the reset gate
 * comes before the product.
 *
 * <p>By default the activation is tanh, that of the gates the sigmoid, the reset gate comes after
 * the product, and there is a bias. The kernel begins Glorot uniform, the recurrent one orthogonal,
 * the bias with zeros.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/recurrent_layers/gru_cell/">Keras: GRUCell</a>
 */
public record GRUCell(Config config) implements RecurrentCell, GateArguments<GRUCell> {
  static final Key<Integer> UNITS = Key.required("units", Codec.positive());
  static final Key<Boolean> RESET_AFTER = Key.of("reset_after", Codec.bool(), true);
  private static final int GATES = 3;

  /** How the layer is written and read. */
  public static final Schema<GRUCell> SCHEMA =
      Layer.schema("GRUCell", GRUCell::new, UNITS, ACTIVATION, RECURRENT_ACTIVATION, USE_BIAS)
          .with(KERNEL.initializer(), RECURRENT.initializer(), BIAS.initializer())
          .with(KERNEL.regularizer(), RECURRENT.regularizer(), BIAS.regularizer())
          .with(KERNEL.constraint(), RECURRENT.constraint(), BIAS.constraint())
          .with(DROPOUT, RECURRENT_DROPOUT, RESET_AFTER, SEED, IMPLEMENTATION);

  /**
   * The cell.
   *
   * @param units how many numbers it gives a sample
   * @throws IllegalArgumentException if it is below 1
   */
  public static GRUCell of(int units) {
    return new GRUCell(SCHEMA.config().with(UNITS, units));
  }

  /** The same cell whose reset gate comes after the product, as by default, or before it. */
  public GRUCell resetAfter(boolean after) {
    return new GRUCell(config.with(RESET_AFTER, after));
  }

  private Gates gates() {
    return new Gates(config, config.get(UNITS), GATES);
  }

  @Override
  public List<Shape> stateShapes(Inputs step) {
    return List.of(gates().state(step));
  }

  @Override
  public OptionalInt outputState(Inputs step) {
    return OptionalInt.of(0);
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    Inputs step = new Inputs(inputs.where(), List.of(inputs.shapes().get(0)));
    long width = (long) GATES * config.get(UNITS);
    Shape bias = config.get(RESET_AFTER) ? Shape.of(2, width) : Shape.of(width);
    return gates().weights(step, bias, config.get(BIAS.initializer()));
  }

  @Override
  public CellSteps steps(Scope scope, StepBatch batch) {
    List<Operand<TFloat32>> constants = new ArrayList<>();
    if (recurrentBias()) {
      constants.add(row(scope.tf(), scope.weight("bias"), 1));
    }
    constants.addAll(gates().stateConstants(scope, batch, !config.get(RESET_AFTER)));
    return new CellSteps(
        gates().inputConstants(scope, batch, bias -> row(scope.tf(), bias, 0)),
        constants,
        gates()::projected,
        this::step);
  }

  /** The bias of the kernel, or of the recurrent one. */
  private Operand<TFloat32> row(Ops tf, Operand<TFloat32> bias, int index) {
    if (!config.get(RESET_AFTER)) {
      return bias;
    }
    // Not gathered: the gradient would be that of rows that are looked up.
    Operand<TFloat32> row =
        tf.slice(bias, tf.constant(new int[] {index, 0}), tf.constant(new int[] {1, -1}));
    return tf.reshape(row, tf.constant(new int[] {-1}));
  }

  private boolean recurrentBias() {
    return gates().biased() && config.get(RESET_AFTER);
  }

  private Recurrence.Turn step(
      Ops tf,
      Operand<TFloat32> projected,
      List<Operand<TFloat32>> states,
      List<Operand<TFloat32>> constants) {
    ActivationFunction gate = config.get(RECURRENT_ACTIVATION);
    Operand<TFloat32> state = states.get(0);
    List<Operand<TFloat32>> x = gates().split(tf, projected);
    List<Operand<TFloat32>> u = constants.subList(recurrentBias() ? 1 : 0, constants.size());
    Operand<TFloat32> content;
    Operand<TFloat32> update;
    if (config.get(RESET_AFTER)) {
      Operand<TFloat32> products = gates().recurrent(tf, state, u);
      Operand<TFloat32> biased =
          recurrentBias() ? tf.nn.biasAdd(products, constants.get(0)) : products;
      List<Operand<TFloat32>> h = gates().split(tf, biased);
      Operand<TFloat32> reset = gate.apply(tf, tf.math.add(x.get(1), h.get(1)));
      update = gate.apply(tf, tf.math.add(x.get(0), h.get(0)));
      content = tf.math.add(x.get(2), tf.math.mul(reset, h.get(2)));
    } else {
      Operand<TFloat32> reset =
          gate.apply(tf, tf.math.add(x.get(1), gates().recurrent(tf, state, u, 1)));
      update = gate.apply(tf, tf.math.add(x.get(0), gates().recurrent(tf, state, u, 0)));
      Operand<TFloat32> left = tf.math.mul(reset, gates().left(tf, state, u, 2));
      content = tf.math.add(x.get(2), tf.linalg.matMul(left, u.get(2)));
    }
    Operand<TFloat32> fresh = config.get(ACTIVATION).apply(tf, content);
    Operand<TFloat32> rest = tf.math.mul(tf.math.sub(tf.constant(1f), update), fresh);
    Operand<TFloat32> next = tf.math.add(tf.math.mul(update, state), rest);
    return new Recurrence.Turn(List.of(next), List.of(next));
  }

  @Override
  public Schema<GRUCell> schema() {
    return SCHEMA;
  }
}
