package kerava.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** How a step that is {@linkplain RepeatedStep repeated} comes by one of its inputs. */
public interface StepInput {
  /** Where the step takes it: a placeholder, or what is computed from one and fed in its place. */
  Operand<?> input();

  /** Adds a placeholder for what is fed once for all turns. */
  Operand<?> placeholder(Ops tf);

  /**
   * Adds what the step gets in one turn.
   *
   * @param fed what was fed for all turns
   * @param turn which, from 0, a scalar
   */
  Operand<?> turn(Ops tf, Operand<?> fed, Operand<TInt32> turn);

  /** Another one for each turn; they are fed with one more dimension in front, the turns. */
  static StepInput stacked(Operand<?> input) {
    return new Stacked(input);
  }

  /** The same for all turns. */
  static StepInput same(Operand<?> input) {
    return new Same(input);
  }

  private static <T extends TType> Operand<T> placeholder(Ops tf, Class<T> type, Shape shape) {
    return tf.placeholder(type, Placeholder.shape(shape));
  }

  /** See {@link #stacked}. */
  record Stacked(Operand<?> input) implements StepInput {
    @Override
    public Operand<?> placeholder(Ops tf) {
      Shape one = input.shape();
      Shape all = one.isUnknown() ? one : one.prepend(Shape.UNKNOWN_SIZE);
      return StepInput.placeholder(tf, input.type(), all);
    }

    @Override
    public Operand<?> turn(Ops tf, Operand<?> fed, Operand<TInt32> turn) {
      return tf.gather(fed, turn, tf.constant(0));
    }
  }

  /** See {@link #same}. */
  record Same(Operand<?> input) implements StepInput {
    @Override
    public Operand<?> placeholder(Ops tf) {
      return StepInput.placeholder(tf, input.type(), input.shape());
    }

    @Override
    public Operand<?> turn(Ops tf, Operand<?> fed, Operand<TInt32> turn) {
      return fed;
    }
  }
}
