package kerava.layers.operations;

import static kerava.layers.operations.Definition.TypeRule.ARITHMETIC;
import static kerava.layers.operations.Definition.TypeRule.GIVEN;
import static kerava.layers.operations.Definition.TypeRule.MOVES;

import java.util.List;
import kerava.graph.DType;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Operations that lay tensors beside each other, and that turn them around. */
final class Joins {
  static final List<Definition> ALL =
      List.of(
          Definition.of("numpy.Append(axis)(x1, x2)", Joins::append).with(MOVES),
          Definition.of("numpy.Hstack(xs)", a -> joined(a, 1)).with(MOVES),
          Definition.of("numpy.Vstack(xs)", Joins::rows).with(MOVES),
          Definition.of("numpy.Fliplr(x)", a -> a.tf().reverse(a.operand("x"), a.constant(1)))
              .with(MOVES),
          Definition.of("numpy.Flipud(x)", a -> a.tf().reverse(a.operand("x"), a.constant(0)))
              .with(MOVES),
          Definition.of("numpy.FullLike(dtype)(x, fill_value)", Joins::filled)
              .with(GIVEN)
              .over("x"),
          Definition.of("numpy.Diff(n, axis)(a)", Joins::differences).with(ARITHMETIC));

  private Joins() {}

  private static Operand<TFloat32> append(Arguments a) {
    Ops tf = a.tf();
    Operand<TFloat32> x = a.operand("x1");
    Operand<TFloat32> y = a.operand("x2");
    if (!a.has("axis")) {
      return tf.concat(
          List.of(tf.reshape(x, a.constant(-1)), tf.reshape(y, a.constant(-1))), tf.constant(0));
    }
    return tf.concat(List.of(x, y), tf.constant(a.axis("axis", x)));
  }

  private static Operand<TFloat32> joined(Arguments a, int axis) {
    List<Operand<TFloat32>> xs = a.operands("xs");
    int along = Math.min(axis, xs.get(0).shape().numDimensions() - 1);
    return xs.size() == 1 ? xs.get(0) : a.tf().concat(xs, a.tf().constant(along));
  }

  private static Operand<TFloat32> rows(Arguments a) {
    if (a.operands("xs").get(0).shape().numDimensions() < 2) {
      throw a.json().refuse("xs", "matrices");
    }
    return joined(a, 0);
  }

  private static Operand<?> filled(Arguments a) {
    DType type = DType.named(a.text("dtype", "")).orElse(a.type());
    return a.tf().broadcastTo(a.operand("fill_value", type), a.tf().shape(a.operand("x")));
  }

  private static Operand<TFloat32> differences(Arguments a) {
    Operand<TFloat32> x = a.operand("a");
    int axis = a.has("axis") ? a.axis("axis", x) : x.shape().numDimensions() - 1;
    for (int i = 0; i < (a.has("n") ? a.ints("n")[0] : 1); i++) {
      int size = a.size("axis", x, axis);
      x =
          a.tf()
              .math
              .sub(
                  Slices.part(a.tf(), x, axis, 1, size - 1),
                  Slices.part(a.tf(), x, axis, 0, size - 1));
    }
    return x;
  }
}
