package kerava;

import java.util.List;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * A layer that computes in the number type of its inputs. All other layers compute in float32, and
 * what they give is rounded where their {@link DTypePolicy} asks for fewer bits.
 */
public interface TypedLayer extends Layer {
  /**
   * Adds the layer's operations to a graph.
   *
   * @param scope where, and the values of the weights
   * @param inputs one operand an input, of shapes that {@link #outputShape} accepted
   * @return the output
   */
  <T extends TFloating> Operand<T> compute(Scope scope, List<Operand<T>> inputs);

  /**
   * Whether whole numbers, truths and texts go through the layer as they are, because it only moves
   * values or makes sums that are exact; false by default, so that it computes with floats.
   */
  default boolean keepsType() {
    return false;
  }

  @Override
  default Operand<TFloat32> build(Scope scope, List<Operand<TFloat32>> inputs) {
    return compute(scope, inputs);
  }
}
