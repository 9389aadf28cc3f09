package kerava.graph;

import kerava.config.Visible;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/**
 * A weight in a graph: a resource variable, which is read and written by operations.
 *
 * <p>Resource variables, because TensorFlow Java 1.1.0's reference variables alias what is fetched
 * from them, crash gradients, and cannot be trained in Python after an export.
 */
public final class Variable {
  private final String name;
  private final Shape shape;
  private final Class<? extends TType> type;
  private final Operand<? extends TType> handle;

  Variable(String name, Shape shape, Class<? extends TType> type, Operand<? extends TType> handle) {
    this.name = name;
    this.shape = shape;
    this.type = type;
    this.handle = handle;
  }

  /** The name, {@code layer/weight}: {@code conv2d_1/kernel}. */
  public String name() {
    return name;
  }

  /** The shape of the value. */
  public Shape shape() {
    return shape;
  }

  /** The number type of the value. */
  public Class<? extends TType> type() {
    return type;
  }

  /** The resource, as the update operations of TensorFlow take it. */
  public Operand<? extends TType> handle() {
    return handle;
  }

  /** Refuses numbers that it cannot hold. */
  void requireFits(Array array) {
    if (!type.equals(Tensors.type(array.type()))) {
      throw new IllegalArgumentException(
          Visible.of(
              name
                  + ": expected numbers of type "
                  + type.getSimpleName()
                  + ", got "
                  + array
                  + "."));
    }
    if (!shape.equals(array.shape())) {
      throw new IllegalArgumentException(
          Visible.of(name + ": expected the shape " + shape + ", got " + array.shape() + "."));
    }
  }

  /**
   * Adds an operation that reads the value as it is when the operation runs.
   *
   * @throws IllegalArgumentException if the variable is of another type
   */
  public <T extends TType> Operand<T> read(Ops tf, Class<T> wanted) {
    if (!type.equals(wanted)) {
      throw new IllegalArgumentException(
          Visible.of(
              name
                  + ": expected a read as "
                  + type.getSimpleName()
                  + ", got "
                  + wanted.getSimpleName()
                  + "."));
    }
    return tf.readVariableOp(handle, wanted);
  }

  /** Adds an operation that replaces the value. */
  public Op assign(Ops tf, Operand<? extends TType> value) {
    return tf.assignVariableOp(handle, value);
  }

  @Override
  public String toString() {
    return name + " " + shape;
  }
}
