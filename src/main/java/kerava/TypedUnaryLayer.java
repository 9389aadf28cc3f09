package kerava;

import java.util.List;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** A layer with one input that computes in the number type of its input. */
public interface TypedUnaryLayer extends TypedLayer, UnaryLayer {
  /**
   * Adds the layer's operations to a graph.
   *
   * @param scope where, and the values of the weights
   * @param input of a shape that {@link #outputShape} accepted
   * @return the output
   */
  <T extends TFloating> Operand<T> compute(Scope scope, Operand<T> input);

  @Override
  default <T extends TFloating> Operand<T> compute(Scope scope, List<Operand<T>> inputs) {
    return compute(scope, inputs.get(0));
  }

  @Override
  default Operand<TFloat32> build(Scope scope, Operand<TFloat32> input) {
    return compute(scope, input);
  }

  @Override
  default Operand<TFloat32> build(Scope scope, List<Operand<TFloat32>> inputs) {
    return compute(scope, inputs.get(0));
  }
}
