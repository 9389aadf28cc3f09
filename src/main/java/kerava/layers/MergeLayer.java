package kerava.layers;

import java.util.List;
import java.util.Optional;
import kerava.Layer;
import kerava.LayerCall;
import kerava.config.CallArguments;
import kerava.graph.Scope;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.types.TBool;

/** A layer that combines several inputs: it is called with a list of them, even of one. */
public interface MergeLayer extends Layer {
  @Override
  default CallArguments arguments(int nodes) {
    return CallArguments.listed(CallArguments.INPUTS, nodes);
  }

  @Override
  default boolean supportsMasking() {
    return true;
  }

  /** A step counts if it does in one of the inputs; all do where one input has no mask. */
  @Override
  default Optional<Operand<TBool>> outputMask(Scope scope, LayerCall call) {
    List<Operand<TBool>> masks =
        call.values().stream().map(TensorValue::mask).flatMap(Optional::stream).toList();
    return masks.size() == call.values().size()
        ? masks.stream().reduce((one, other) -> scope.tf().math.logicalOr(one, other))
        : Optional.empty();
  }
}
