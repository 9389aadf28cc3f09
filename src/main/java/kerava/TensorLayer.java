package kerava;

import java.util.List;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A layer in full: it takes values of any type, with their masks, by the names of its arguments,
 * and may have several outputs. A recurrent layer that returns its state is one, a lookup of texts,
 * a model within a model.
 */
public interface TensorLayer extends Layer {
  @Override
  List<TensorSpec> outputs(Inputs inputs);

  @Override
  List<TensorValue> call(Scope scope, LayerCall call);

  @Override
  default Shape outputShape(Inputs inputs) {
    return outputs(inputs).get(0).shape();
  }

  @Override
  default Operand<TFloat32> build(Scope scope, List<Operand<TFloat32>> inputs) {
    List<TensorValue> values = inputs.stream().map(TensorValue::of).toList();
    return Precision.floats(
        scope.tf(), call(scope, LayerCall.of(schema().className(), values)).get(0), TFloat32.class);
  }

  /**
   * The arguments whose tensors have no mask any more when the layer was called, for other layers
   * that are called with them later; none by default.
   */
  default List<String> takesMasks() {
    return List.of();
  }
}
