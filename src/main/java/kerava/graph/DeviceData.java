package kerava.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * The inputs of a data set in the memory of a network's device, from where steps gather their
 * batches by number.
 *
 * <p>Bytes lie there as they are, four in a number of 32 bits, which is only ever copied:
 * TensorFlow has no kernel that gathers bytes on a GPU.
 */
public final class DeviceData {
  private static final int PACKED = 4;

  private final Class<? extends TType> type;
  private final Shape sample;
  private final Operand<TInt32> samples;
  private final Op resize;
  private final Operand<TInt32> first;
  private final Operand<? extends TType> input;
  private final Op put;

  private DeviceData(Network network, Class<? extends TType> type, Shape sample) {
    this.type = type;
    this.sample = sample;
    Ops tf = network.tf().withSubScope("resident");
    Operand<? extends TType> handle = handle(tf);
    this.samples = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    Operand<TInt32> size = tf.stack(List.of(samples, tf.constant((int) row())));
    this.resize = tf.assignVariableOp(handle, tf.fill(size, tf.constant(0f)));
    this.first = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    this.input = tf.placeholder(type, Placeholder.shape(sample.prepend(Shape.UNKNOWN_SIZE)));
    Operand<TInt32> count = tf.shape.size(tf.shape(input), tf.constant(0));
    Operand<TInt32> end = tf.math.add(first, tf.squeeze(count));
    this.put = tf.resourceScatterUpdate(handle, tf.range(first, end, tf.constant(1)), packed(tf));
  }

  /**
   * Room for inputs, in a network.
   *
   * @param type {@code UINT8} or {@code FLOAT32}
   * @param sample the shape of one input
   * @throws IllegalArgumentException if they cannot be {@linkplain #holds held}
   */
  public static DeviceData add(Network network, Array.Type type, Shape sample) {
    if (!holds(type, sample)) {
      throw new IllegalArgumentException(
          "Resident: expected floats, or bytes by fours, got "
              + type
              + " of shape "
              + sample
              + ".");
    }
    return new DeviceData(network, Tensors.type(type), sample);
  }

  /** Whether inputs can be held: floats always, bytes if a sample has a multiple of four. */
  public static boolean holds(Array.Type type, Shape sample) {
    return type == Array.Type.FLOAT32 || (type == Array.Type.UINT8 && sample.size() % PACKED == 0);
  }

  /** A handle of the room; those of all graphs of a session are of the same room. */
  private Operand<? extends TType> handle(Ops tf) {
    String shape =
        Arrays.stream(sample.asArray()).mapToObj(String::valueOf).collect(Collectors.joining("x"));
    return tf.varHandleOp(
        TFloat32.class,
        Shape.of(Shape.UNKNOWN_SIZE, row()),
        VarHandleOp.sharedName("resident/" + type.getSimpleName() + "_" + shape));
  }

  /** Numbers of 32 bits a sample. */
  private long row() {
    return type == TFloat32.class ? sample.size() : sample.size() / PACKED;
  }

  @SuppressWarnings("unchecked") // guarded by the comparison of the types
  private Operand<TFloat32> packed(Ops tf) {
    return type == TFloat32.class
        ? tf.reshape((Operand<TFloat32>) input, tf.constant(new long[] {-1, row()}))
        : tf.bitcast(
            tf.reshape(input, tf.constant(new long[] {-1, row(), PACKED})), TFloat32.class);
  }

  private Operand<? extends TType> unpacked(Ops tf, Operand<TFloat32> rows) {
    Operand<? extends TType> values =
        type == TFloat32.class ? rows : tf.bitcast(rows, TUint8.class);
    return tf.reshape(values, tf.constant(sample.prepend(-1).asArray()));
  }

  /** Makes room for so many samples, in the place of those that were there; 0 frees the memory. */
  public void resize(NetworkSession session, int count) {
    try (Tensor size = TInt32.scalarOf(count)) {
      session.session().runner().feed(samples, size).addTarget(resize).run().close();
    }
  }

  /**
   * Puts inputs into the room.
   *
   * @param from the number of the first one
   */
  public void put(NetworkSession session, int from, Array inputs) {
    try (Tensor number = TInt32.scalarOf(from);
        Tensor values = Tensors.of(inputs)) {
      session
          .session()
          .runner()
          .feed(first, number)
          .feed(input, values)
          .addTarget(put)
          .run()
          .close();
    }
  }

  /** Supplies a step with batches of them; fed are their numbers, of shape (turns, batch). */
  public StepInput supply(Operand<?> stepInput) {
    return new Gathered(stepInput);
  }

  private final class Gathered implements StepInput {
    private final Operand<?> stepInput;

    Gathered(Operand<?> stepInput) {
      this.stepInput = stepInput;
    }

    @Override
    public Operand<?> input() {
      return stepInput;
    }

    @Override
    public Operand<TInt32> placeholder(Ops tf) {
      Shape shape = Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE);
      return tf.placeholder(TInt32.class, Placeholder.shape(shape));
    }

    @Override
    public Operand<?> turn(Ops tf, Operand<?> fed, Operand<TInt32> turn) {
      Operand<TInt32> own = tf.gather(fed.asOutput().expect(TInt32.class), turn, tf.constant(0));
      Operand<TFloat32> all = tf.readVariableOp(handle(tf), TFloat32.class);
      return unpacked(tf, tf.gather(all, own, tf.constant(0)));
    }
  }
}
