package kerava.graph;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TType;

/**
 * A value on its way between layers, in a graph.
 *
 * <p>Keras has two masks of a value: one that the tensor carries, which some layers take away from
 * it, and one that was noted for it when the model was made, which layers with one input go by.
 * They differ behind such layers alone.
 *
 * @param operand the value
 * @param mask which of its steps count, of shape (batch, steps), where that was said; the layers
 *     behind decide what to make of it
 * @param noted the mask that was noted when the model was made
 * @see <a href="https://keras.io/guides/understanding_masking_and_padding/">Keras: masking</a>
 */
public record TensorValue(
    Operand<? extends TType> operand,
    Optional<Operand<TBool>> mask,
    Optional<Operand<TBool>> noted) {
  /** A value with one mask, or none. */
  public TensorValue(Operand<? extends TType> operand, Optional<Operand<TBool>> mask) {
    this(operand, mask, mask);
  }

  /** A value all of which counts. */
  public static TensorValue of(Operand<? extends TType> operand) {
    return new TensorValue(operand, Optional.empty());
  }

  /** The same value with another mask, or with none. */
  public TensorValue masked(Optional<Operand<TBool>> other) {
    return new TensorValue(operand, other);
  }

  /** The same value whose mask was taken away, but for what was noted of it. */
  public TensorValue unmasked() {
    return new TensorValue(operand, Optional.empty(), noted);
  }

  /** The same value with another noted mask, or with none. */
  public TensorValue noting(Optional<Operand<TBool>> other) {
    return new TensorValue(operand, mask, other);
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
