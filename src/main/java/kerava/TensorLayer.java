package kerava;

import java.util.List;
import kerava.graph.Cast;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * A layer that takes numbers of whatever type they are, and may have several outputs: a model
 * within a model, an operation.
 */
public interface TensorLayer extends Layer {
  /**
   * Adds the layer's operations to a graph.
   *
   * @param scope where, and the values of the weights
   * @param inputs one operand an input, of shapes that {@link #outputShapes} accepted
   * @return one operand an output
   */
  List<Operand<? extends TFloating>> call(
      Scope scope, List<? extends Operand<? extends TFloating>> inputs);

  @Override
  List<Shape> outputShapes(Inputs inputs);

  @Override
  default Shape outputShape(Inputs inputs) {
    return outputShapes(inputs).get(0);
  }

  @Override
  default Operand<TFloat32> build(Scope scope, List<Operand<TFloat32>> inputs) {
    return Cast.to(scope.tf(), call(scope, inputs).get(0), TFloat32.class);
  }
}
