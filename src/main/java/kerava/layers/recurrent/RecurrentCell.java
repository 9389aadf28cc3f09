package kerava.layers.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import kerava.Inputs;
import kerava.LayerCall;
import kerava.TensorLayer;
import kerava.config.CallArguments;
import kerava.graph.DType;
import kerava.graph.Recurrence;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import kerava.layers.DynamicShape;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One step of a recurrent layer: of an input and the states that the step before left it makes an
 * output and new states. {@link RNN} takes one of your own.
 *
 * <p>What a cell makes of the input alone is computed for all steps at once, before the loop.
 * Within the loop it may use what it is given, and no weight by its name.
 *
 * @see <a href="https://keras.io/api/layers/recurrent_layers/rnn/">Keras: RNN</a>
 */
public interface RecurrentCell extends TensorLayer {
  /** The name of the argument that holds the states. */
  String STATES = "states";

  /**
   * The shapes of the states, batch dimension first.
   *
   * @param step the input of one step
   * @throws IllegalArgumentException if the cell cannot take it
   */
  List<Shape> stateShapes(Inputs step);

  /**
   * The shape of the output, batch dimension first; that of the first state by default.
   *
   * @param step the input of one step
   */
  default Shape stepShape(Inputs step) {
    return stateShapes(step).get(0);
  }

  /**
   * Which new state is the output as well, if one is; none by default.
   *
   * @param step the input of one step
   */
  default OptionalInt outputState(Inputs step) {
    return OptionalInt.empty();
  }

  /**
   * What is needed to make steps of the cell.
   *
   * @param scope of the cell
   * @param batch what the cell is given at each step
   */
  CellSteps steps(Scope scope, StepBatch batch);

  @Override
  default List<String> arguments() {
    return List.of(CallArguments.INPUTS, STATES);
  }

  @Override
  default CallArguments arguments(int nodes) {
    return CallArguments.of(arguments().get(0), 1).with(STATES, CallArguments.list(1, nodes - 1));
  }

  @Override
  default List<TensorSpec> outputs(Inputs inputs) {
    Inputs step = new Inputs(inputs.where(), List.of(inputs.shapes().get(0)));
    List<Shape> shapes = new ArrayList<>(List.of(stepShape(step)));
    shapes.addAll(stateShapes(step));
    if (inputs.tensors(STATES).size() != shapes.size() - 1) {
      throw inputs.refuse("an input and " + (shapes.size() - 1) + " states", "");
    }
    return shapes.stream()
        .map(shape -> new TensorSpec(shape, DType.of(policy().computeType())))
        .toList();
  }

  /** One step alone. */
  @Override
  default List<TensorValue> call(Scope scope, LayerCall call) {
    Ops tf = scope.tf();
    Operand<TFloat32> x = Floats.of(tf, call.values().get(0), policy());
    Inputs step = new Inputs(call.inputs().where(), List.of(call.inputs().shapes().get(0)));
    CellSteps steps = steps(scope, new StepBatch(DynamicShape.of(tf, x, 0), step));
    Recurrence.Turn turn =
        steps
            .stepping()
            .of(
                tf,
                steps.projection().of(tf, x, steps.inputConstants()),
                Floats.of(tf, call.values(STATES), policy()),
                steps.constants());
    List<Operand<TFloat32>> results = new ArrayList<>(turn.outputs());
    results.addAll(turn.states());
    return results.stream().map(result -> Floats.given(tf, result, policy())).toList();
  }
}
