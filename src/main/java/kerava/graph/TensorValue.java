package kerava.graph;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TType;

/**
 * A value on its way between layers, in a graph.
 *
 * @param operand the value
 * @param mask which of its steps count, of shape (batch, steps), where that was said; the layers
 *     behind decide what to make of it
 * @see <a href="https://keras.io/guides/understanding_masking_and_padding/">Keras: masking</a>
 */
public record TensorValue(Operand<? extends TType> operand, Optional<Operand<TBool>> mask) {
  /** A value all of which counts. */
  public static TensorValue of(Operand<? extends TType> operand) {
    return new TensorValue(operand, Optional.empty());
  }

  /** The same value with another mask, or with none. */
  public TensorValue masked(Optional<Operand<TBool>> other) {
    return new TensorValue(operand, other);
  }

  /**
   * The value in a type that it is known to have.
   *
   * @throws IllegalArgumentException if it has another
   */
  public <T extends TType> Operand<T> as(Class<T> type) {
    return operand.asOutput().expect(type);
  }
}
