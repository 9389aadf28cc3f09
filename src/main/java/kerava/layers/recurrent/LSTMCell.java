package kerava.layers.recurrent;

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
import kerava.initializers.Initializer;
import kerava.layers.ActivationFunction;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One step of an {@link LSTM}: an input (batch, features) and two states (batch, units) → an output
 * (batch, units), which is the first new state, and the new states.
 *
 * <p>Its weights are {@code kernel} (features, 4 units), {@code recurrent_kernel} (units, 4 units)
 * and {@code bias} (4 units), for the input gate, the forget gate, the new content and the output
 * gate.
 *
 * <p>By default the activation is tanh, that of the gates the sigmoid, and there is a bias. The
 * kernel begins Glorot uniform, the recurrent one orthogonal, the bias with zeros, and ones for the
 * forget gate.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/recurrent_layers/lstm_cell/">Keras: LSTMCell</a>
 */
public record LSTMCell(Config config) implements RecurrentCell, LSTMArguments<LSTMCell> {
  static final Key<Integer> UNITS = Key.required("units", Codec.positive());
  private static final int GATES = 4;

  /** How the layer is written and read. */
  public static final Schema<LSTMCell> SCHEMA =
      Layer.schema("LSTMCell", LSTMCell::new, UNITS, ACTIVATION, RECURRENT_ACTIVATION)
          .with(USE_BIAS, UNIT_FORGET_BIAS)
          .with(KERNEL.initializer(), RECURRENT.initializer(), BIAS.initializer())
          .with(KERNEL.regularizer(), RECURRENT.regularizer(), BIAS.regularizer())
          .with(KERNEL.constraint(), RECURRENT.constraint(), BIAS.constraint())
          .with(DROPOUT, RECURRENT_DROPOUT, SEED, IMPLEMENTATION);

  /**
   * The cell.
   *
   * @param units how many numbers it gives a sample
   * @throws IllegalArgumentException if it is below 1
   */
  public static LSTMCell of(int units) {
    return new LSTMCell(SCHEMA.config().with(UNITS, units));
  }

  private Gates gates() {
    return new Gates(config, config.get(UNITS), GATES);
  }

  @Override
  public List<Shape> stateShapes(Inputs step) {
    Shape state = gates().state(step);
    return List.of(state, state);
  }

  @Override
  public OptionalInt outputState(Inputs step) {
    return OptionalInt.of(0);
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    Inputs step = new Inputs(inputs.where(), List.of(inputs.shapes().get(0)));
    Initializer bias = config.get(BIAS.initializer());
    return gates()
        .weights(
            step,
            Shape.of((long) GATES * config.get(UNITS)),
            config.get(UNIT_FORGET_BIAS) ? new ForgetBias(bias) : bias);
  }

  @Override
  public CellSteps steps(Scope scope, StepBatch batch) {
    return new CellSteps(
        gates().inputConstants(scope, batch, bias -> bias),
        gates().stateConstants(scope, batch, false),
        gates()::projected,
        this::step);
  }

  private Recurrence.Turn step(
      Ops tf,
      Operand<TFloat32> projected,
      List<Operand<TFloat32>> states,
      List<Operand<TFloat32>> constants) {
    Operand<TFloat32> recurrent = gates().recurrent(tf, states.get(0), constants);
    List<Operand<TFloat32>> z = gates().split(tf, tf.math.add(projected, recurrent));
    return gated(config, tf, z, states.get(1));
  }

  /**
   * What the gates make of their products.
   *
   * @param z those of the input gate, the forget gate, the new content and the output gate
   * @param carry the second state
   */
  static Recurrence.Turn gated(
      Config config, Ops tf, List<Operand<TFloat32>> z, Operand<TFloat32> carry) {
    ActivationFunction gate = config.get(RECURRENT_ACTIVATION);
    ActivationFunction activation = config.get(ACTIVATION);
    Operand<TFloat32> kept = tf.math.mul(gate.apply(tf, z.get(1)), carry);
    Operand<TFloat32> content =
        tf.math.mul(gate.apply(tf, z.get(0)), activation.apply(tf, z.get(2)));
    Operand<TFloat32> next = tf.math.add(kept, content);
    Operand<TFloat32> output = tf.math.mul(gate.apply(tf, z.get(3)), activation.apply(tf, next));
    return new Recurrence.Turn(List.of(output), List.of(output, next));
  }

  @Override
  public Schema<LSTMCell> schema() {
    return SCHEMA;
  }
}
