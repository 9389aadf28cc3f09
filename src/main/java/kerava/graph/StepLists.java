package kerava.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.TensorListStack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Lists of values, one a step, which loops read and write.
 *
 * @param tf where the loops are
 * @param steps how many there are, a scalar
 * @param known the same, or -1 if that is only known when the graph runs
 * @param stride how many steps one turn of a loop makes: the more, the less the loop itself costs
 */
record StepLists(Ops tf, Operand<TInt32> steps, long known, int stride) {
  private static final int MOST_STEPS_A_TURN = 8;

  /** For as many steps as a sequence has, of shape (steps, ...). */
  static StepLists of(Ops tf, Operand<? extends TType> sequence) {
    long known = sequence.shape().get(0);
    if (known != Shape.UNKNOWN_SIZE) {
      return new StepLists(tf, tf.constant(Math.toIntExact(known)), known, stride(known));
    }
    Operand<TInt32> first =
        tf.slice(tf.shape(sequence), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    return new StepLists(tf, tf.reshape(first, tf.constant(new int[0])), known, 1);
  }

  private static int stride(long steps) {
    return IntStream.rangeClosed(1, MOST_STEPS_A_TURN)
        .filter(each -> steps % each == 0)
        .max()
        .orElse(1);
  }

  /** How many turns the loops make. */
  Operand<TInt32> turns() {
    return stride == 1 ? steps : tf.constant(Math.toIntExact(known / stride));
  }

  /** The number of a step of a turn, counted in either direction. */
  static Operand<TInt32> plus(Ops inner, Operand<TInt32> first, int step) {
    return step == 0 ? first : inner.math.add(first, inner.constant(step));
  }

  /** The values of a sequence. */
  Output<?> of(Operand<? extends TType> sequence) {
    return tf.tensorListFromTensor(sequence, shape(tf, sequence.shape().tail())).asOutput();
  }

  /** Room for values of a type and shape. */
  Output<?> empty(Class<? extends TType> type, Shape each) {
    return tf.tensorListReserve(shape(tf, each), steps, type).asOutput();
  }

  /** Reads a value. */
  static <T extends TType> Operand<T> get(
      Ops inner, Operand<?> list, Operand<TInt32> at, Class<T> type, Shape shape) {
    return inner.tensorListGetItem(list, at, shape(inner, shape), type);
  }

  /** Writes a value. */
  static Operand<?> set(Ops inner, Operand<?> list, Operand<TInt32> at, Operand<?> value) {
    return inner.tensorListSetItem(list, at, value).asOutput();
  }

  /** All values as one, of shape (steps, ...). */
  Operand<TFloat32> stacked(Operand<?> list, Shape each) {
    return tf.tensorListStack(
        list, shape(tf, each), TFloat32.class, TensorListStack.numElements(known));
  }

  private static Operand<TInt32> shape(Ops tf, Shape shape) {
    return shape.isUnknown()
        ? tf.constant(-1)
        : tf.constant(Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray());
  }

  /** Operands that are known to be floats. */
  static List<Operand<TFloat32>> floats(List<? extends Operand<?>> operands) {
    return operands.stream()
        .<Operand<TFloat32>>map(operand -> operand.asOutput().expect(TFloat32.class))
        .toList();
  }
}
