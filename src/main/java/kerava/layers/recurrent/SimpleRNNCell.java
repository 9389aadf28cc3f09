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
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One step of a {@link SimpleRNN}: an input (batch, features) and a state (batch, units) → an
 * output (batch, units), which is the new state too.
 *
 * <p>Its weights are {@code kernel} (features, units), {@code recurrent_kernel} (units, units) and
 * {@code bias} (units).
 *
 * <p>By default the activation is tanh, and there is a bias. The kernel begins Glorot uniform, the
 * recurrent one orthogonal, the bias with zeros.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/recurrent_layers/simple_rnn_cell/">Keras:
 *     SimpleRNNCell</a>
 */
public record SimpleRNNCell(Config config) implements RecurrentCell, CellArguments<SimpleRNNCell> {
  static final Key<Integer> UNITS = Key.required("units", Codec.positive());

  /** How the layer is written and read. */
  public static final Schema<SimpleRNNCell> SCHEMA =
      Layer.schema("SimpleRNNCell", SimpleRNNCell::new, UNITS, ACTIVATION, USE_BIAS)
          .with(KERNEL.initializer(), RECURRENT.initializer(), BIAS.initializer())
          .with(KERNEL.regularizer(), RECURRENT.regularizer(), BIAS.regularizer())
          .with(KERNEL.constraint(), RECURRENT.constraint(), BIAS.constraint())
          .with(DROPOUT, RECURRENT_DROPOUT, SEED);

  /**
   * The cell.
   *
   * @param units how many numbers it gives a sample
   * @throws IllegalArgumentException if it is below 1
   */
  public static SimpleRNNCell of(int units) {
    return new SimpleRNNCell(SCHEMA.config().with(UNITS, units));
  }

  private Gates gates() {
    return new Gates(config, config.get(UNITS), 1);
  }

  @Override
  public List<String> arguments() {
    return List.of("sequence", STATES);
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
    return gates().weights(step, Shape.of(config.get(UNITS)), config.get(BIAS.initializer()));
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
    Operand<TFloat32> next = config.get(ACTIVATION).apply(tf, tf.math.add(projected, recurrent));
    return new Recurrence.Turn(List.of(next), List.of(next));
  }

  @Override
  public Schema<SimpleRNNCell> schema() {
    return SCHEMA;
  }
}
