package kerava.layers.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.InnerLayer;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerCall;
import kerava.TensorLayer;
import kerava.config.CallArguments;
import kerava.config.Config;
import kerava.config.SnakeCase;
import kerava.graph.DType;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TBool;

/**
 * A layer that calls a cell at each step of a sequence.
 *
 * @param <L> the class of the layer
 */
interface RecurrentLayer<L extends Layer> extends TensorLayer, RecurrentArguments<L> {
  /** The name of the argument that holds the sequence. */
  String SEQUENCES = "sequences";

  /** The name of the argument that holds the first states. */
  String INITIAL_STATE = "initial_state";

  /** The cell, under the name of its weights. */
  RecurrentCell cell();

  /** What is said of the way through a sequence; the layer's own config by default. */
  default Config passage() {
    return config();
  }

  @Override
  default List<String> arguments() {
    return List.of(SEQUENCES, INITIAL_STATE, "mask");
  }

  @Override
  default CallArguments arguments(int nodes) {
    return called(nodes);
  }

  /** The arguments of a call with a sequence and first states. */
  static CallArguments called(int nodes) {
    CallArguments arguments = CallArguments.of(SEQUENCES, 1);
    return nodes == 1 ? arguments : arguments.with(INITIAL_STATE, CallArguments.list(1, nodes - 1));
  }

  @Override
  default List<InnerLayer> inner(Inputs inputs) {
    RecurrentCell cell = cell();
    String name = cell.name().orElseGet(() -> SnakeCase.of(cell.schema().className()));
    return List.of(new InnerLayer("cell", name, cell, step(inputs)));
  }

  /** What the cell is given at each step. */
  private static Inputs step(Inputs inputs) {
    if (inputs.tensors(SEQUENCES).size() > 1) {
      throw inputs.refuse("one sequence", "");
    }
    Shape x = inputs.shapes().get(0);
    if (x.numDimensions() < 3) {
      throw inputs.refuse("input of rank 3 or more (batch, steps, ...)", "");
    }
    return new Inputs(inputs.where(), List.of(x.tail().tail().prepend(x.get(0))));
  }

  @Override
  default List<TensorSpec> outputs(Inputs inputs) {
    Inputs step = step(inputs);
    List<Shape> states = cell().stateShapes(step);
    int given = inputs.tensors(INITIAL_STATE).size();
    if (given != 0 && given != states.size()) {
      throw inputs.refuse(states.size() + " initial states", "");
    }
    long steps = inputs.shapes().get(0).get(1);
    if (config().get(UNROLL) && steps == Shape.UNKNOWN_SIZE) {
      throw inputs.refuse("a known number of steps", "Without unroll it need not be known.");
    }
    List<Shape> shapes = new ArrayList<>();
    Shape output = cell().stepShape(step);
    shapes.add(
        config().get(RETURN_SEQUENCES)
            ? output.tail().prepend(steps).prepend(output.get(0))
            : output);
    if (config().get(RETURN_STATE)) {
      shapes.addAll(states);
    }
    DType type = DType.of(policy().computeType());
    return shapes.stream().map(shape -> new TensorSpec(shape, type)).toList();
  }

  @Override
  default List<TensorValue> call(Scope scope, LayerCall call) {
    if (config().get(STATEFUL)) {
      throw new IllegalArgumentException(
          call.inputs().where()
              + " stateful: expected false, got true. Layers that keep their states from one batch"
              + " to the next are read and written, but not computed; can it do without?");
    }
    InnerLayer cell = inner(call.inputs()).get(0);
    List<TensorValue> results =
        new ArrayList<>(
            new Passage(scope, scope.child(cell.name()), passage(), cell())
                .call(call, cell.inputs(), policy()));
    results.set(0, results.get(0).masked(outputMask(scope, call)));
    return List.copyOf(results);
  }

  @Override
  default boolean supportsMasking() {
    return true;
  }

  @Override
  default Optional<Operand<TBool>> outputMask(Scope scope, LayerCall call) {
    return config().get(RETURN_SEQUENCES)
        ? TensorLayer.super.outputMask(scope, call)
        : Optional.empty();
  }
}
