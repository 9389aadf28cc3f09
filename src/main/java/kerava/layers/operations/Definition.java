package kerava.layers.operations;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One operation of Keras: its name, its arguments, and how to add it to a graph.
 *
 * @param module the part of {@code keras.src.ops} that has it: {@code numpy}
 * @param name the name of its class
 * @param made the arguments of the class
 * @param called the arguments of a call, in their order
 * @param dtypeRule which numbers it takes, and what it does with them
 * @param body adds it to a graph, in float32
 */
record Definition(
    String module,
    String name,
    List<String> made,
    List<String> called,
    DTypeRule dtypeRule,
    Function body) {
  /** The room of keras.ops, the class, the arguments that it is made with, those of a call. */
  private static final Pattern SIGNATURE =
      Pattern.compile("(\\w+)\\.(\\w+)(?:\\(([^()]*)\\))?\\(([^()]*)\\)");

  /** Adds an operation to a graph. */
  interface Function {
    /** The outputs. */
    List<Operand<TFloat32>> apply(Arguments arguments);
  }

  /** Which number types an operation takes and gives. */
  enum DTypeRule {
    /** It computes with floats: of whole numbers, Keras makes something else. */
    FLOATS,
    /** It computes in floats if one of its operands is one: {@code x * 0.5}. */
    ARITHMETIC,
    /** It makes floats of whole numbers: {@code x / 255}. */
    FRACTIONS,
    /** It moves or converts numbers of any kind. */
    ANY
  }

  /**
   * An operation with one output.
   *
   * @param signature as in Keras' source: {@code numpy.Mean(axis, keepdims)(x)}
   */
  static Definition of(
      String signature, java.util.function.Function<Arguments, Operand<TFloat32>> body) {
    return several(signature, arguments -> List.of(body.apply(arguments)));
  }

  /** An operation with any number of outputs. */
  static Definition several(String signature, Function body) {
    Matcher parts = SIGNATURE.matcher(signature);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "Definition: expected room.Name(given)(taken), got " + signature);
    }
    List<String> made = parts.group(3) == null ? List.of() : list(parts.group(3));
    return new Definition(
        parts.group(1), parts.group(2), made, list(parts.group(4)), DTypeRule.FLOATS, body);
  }

  private static List<String> list(String names) {
    return Arrays.asList(names.split(", "));
  }

  /** An operation on one tensor that has no other argument. */
  static Definition unary(String name, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> body) {
    return of(name + "(x)", a -> body.apply(a.tf(), a.operand("x")));
  }

  /** An operation on two tensors, one of which may be a constant. */
  static Definition binary(String name, Binary body) {
    return of(
        name + "(x1, x2)",
        a -> {
          Operand<TFloat32> x = a.operand("x1");
          Operand<TFloat32> y = a.operand("x2");
          return body.apply(a.tf(), plain(a.tf(), x, y), plain(a.tf(), y, x));
        });
  }

  // TensorFlow adds a constant of shape (1) to the bias of a layer before it, as if it were one,
  // and refuses the sum; a number is the same to all but another number.
  private static Operand<TFloat32> plain(Ops tf, Operand<TFloat32> x, Operand<TFloat32> other) {
    boolean alone = x.op().type().equals("Const") && x.shape().asArray().length == 1;
    return alone && x.shape().size() == 1 && other.shape().numDimensions() > 0
        ? tf.reshape(x, tf.constant(new int[0]))
        : x;
  }

  /** Two operands to one. */
  interface Binary {
    /** The result. */
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x, Operand<TFloat32> y);
  }

  Definition with(DTypeRule other) {
    return new Definition(module, name, made, called, other, body);
  }
}
