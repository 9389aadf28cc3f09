package kerava;

import java.util.List;
import kerava.graph.Scope;
import kerava.graph.TensorValue;

/**
 * A layer within another: the cell of a recurrent layer, the directions of a {@code Bidirectional}.
 *
 * @param attribute how the outer layer calls it in Python, which is where its weights stand in a
 *     weights file: {@code forward_layer}, {@code cells/lstm_cell}
 * @param name the name under which its weights are known in the outer layer: {@code forward_lstm}
 * @param layer the layer
 * @param inputs what it is called with
 */
public record InnerLayer(String attribute, String name, Layer layer, Inputs inputs) {
  /** The weights of the layer, under its name. */
  public List<WeightSpec> weights() {
    return layer.weights(inputs).stream()
        .map(spec -> spec.under(name, layer.trainable(), layer instanceof ModelLayer))
        .toList();
  }

  /**
   * Calls the layer.
   *
   * @param scope that of the outer layer
   */
  public List<TensorValue> call(Scope scope, LayerCall call) {
    return layer.call(scope.child(name), call);
  }
}
