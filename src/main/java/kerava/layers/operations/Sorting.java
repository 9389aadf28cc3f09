package kerava.layers.operations;

import static kerava.layers.operations.Definition.TypeRule.ARITHMETIC;
import static kerava.layers.operations.Definition.TypeRule.GIVEN;
import static kerava.layers.operations.Definition.TypeRule.PLACES;
import static kerava.layers.operations.Definition.TypeRule.RANKS;

import java.util.List;
import kerava.graph.Cast;
import kerava.graph.DType;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.OneHot;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/** Operations that count, sort, and turn class numbers into rows of zeros and ones. */
final class Sorting {
  static final List<Definition> ALL =
      List.of(
          Definition.of("numpy.Sort(axis)(x)", a -> sorted(a, true)).with(ARITHMETIC),
          Definition.of("numpy.Argsort(axis)(x)", a -> sorted(a, false)).with(PLACES),
          Definition.several("math.TopK(k, sorted)(x)", Sorting::greatest).with(RANKS),
          Definition.of("numpy.CountNonzero(axis)(x)", Sorting::count).with(PLACES),
          Definition.of("nn.OneHot(num_classes, axis, dtype, sparse)(x)", Sorting::oneHot)
              .with(GIVEN),
          Definition.of("nn.MultiHot(num_classes, axis, dtype, sparse)(inputs)", Sorting::multiHot)
              .with(GIVEN));

  private Sorting() {}

  /**
   * The least number first; of equal ones that which stands first. The places are found on the
   * negated numbers, of which the greatest come first.
   */
  private static Operand<?> sorted(Arguments a, boolean values) {
    Ops tf = a.tf();
    boolean flat = a.json().tree().path("config").has("axis") && !a.has("axis");
    Operand<TFloat32> given = a.operand("x");
    Operand<TFloat32> x = flat ? tf.reshape(given, a.constant(-1)) : given;
    int rank = x.shape().numDimensions();
    int axis = a.has("axis") ? a.axis("axis", x) : rank - 1;
    Operand<TInt32> order = a.constant(Shapes.swapped(rank, axis, rank - 1));
    Operand<TFloat32> last = tf.linalg.transpose(x, order);
    Operand<TInt32> size = tf.gather(tf.shape(last), tf.constant(rank - 1), tf.constant(0));
    TopK<TFloat32, TInt32> found =
        tf.nn.topK(tf.math.neg(tf.stopGradient(last)), size, TInt32.class);
    return values
        ? tf.linalg.transpose(Gathers.along(tf, last, found.indices()), order)
        : tf.linalg.transpose(found.indices(), order);
  }

  private static List<Operand<?>> greatest(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x");
    TopK<TFloat32, TInt32> found =
        tf.nn.topK(tf.stopGradient(x), tf.constant(a.ints("k")[0]), TInt32.class);
    return List.of(Gathers.along(tf, x, found.indices()), found.indices());
  }

  private static Operand<TInt32> count(Arguments a) {
    Operand<TInt32> ones = Cast.numbers(a.tf(), a.truths("x"), TInt32.class);
    return a.tf().sum(ones, a.constant(a.axes("axis", ones)));
  }

  private static DType wanted(Arguments a) {
    return DType.named(a.text("dtype", "float32")).orElseThrow();
  }

  private static Operand<?> hot(Arguments a, String name, Class<? extends TType> type) {
    if (a.flag("sparse")) {
      throw a.json().refuse("sparse", "false");
    }
    return hot(a.tf(), a, a.operand(name, DType.INT64).asOutput().expect(TInt64.class), type);
  }

  private static <T extends TType> Operand<T> hot(
      Ops tf, Arguments a, Operand<TInt64> numbers, Class<T> type) {
    long axis = a.has("axis") ? a.ints("axis")[0] : -1;
    return tf.oneHot(
        numbers,
        tf.constant(a.ints("num_classes")[0]),
        Cast.numbers(tf, tf.constant(1), type),
        Cast.numbers(tf, tf.constant(0), type),
        OneHot.axis(axis));
  }

  private static Operand<?> oneHot(Arguments a) {
    return hot(a, "x", wanted(a).tensorType());
  }

  /** Whether a row has each of the classes, however often. */
  private static Operand<?> multiHot(Arguments a) {
    Operand<TInt32> hot = hot(a, "inputs", TInt32.class).asOutput().expect(TInt32.class);
    int axis = hot.shape().numDimensions() > 2 ? 1 : 0;
    Operand<TInt32> most = a.tf().max(hot, a.constant(axis));
    return Cast.numbers(a.tf(), most, wanted(a).tensorType());
  }
}
