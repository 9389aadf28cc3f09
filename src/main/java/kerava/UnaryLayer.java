package kerava;

import java.util.List;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A layer with one input. */
public interface UnaryLayer extends Layer {
  /**
   * Adds the layer's operations to a graph.
   *
   * @param scope where, and the values of the weights
   * @param input of a shape that {@link #outputShape} accepted
   * @return the output
   */
  Operand<TFloat32> build(Scope scope, Operand<TFloat32> input);

  @Override
  default Operand<TFloat32> build(Scope scope, List<Operand<TFloat32>> inputs) {
    return build(scope, inputs.get(0));
  }
}
