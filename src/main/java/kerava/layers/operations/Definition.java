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
 * @param values those of a call whose types decide in which type the operation computes
 * @param rule which types it takes and gives
 * @param body adds it to a graph
 */
record Definition(
    String module,
    String name,
    List<String> made,
    List<String> called,
    List<String> values,
    TypeRule rule,
    Function body) {
  /** The room of keras.ops, the class, the arguments that it is made with, those of a call. */
  private static final Pattern SIGNATURE =
      Pattern.compile("(\\w+)\\.(\\w+)(?:\\(([^()]*)\\))?\\(([^()]*)\\)");

  /** What the name of an argument ends with that stands for any number of tensors. */
  static final String ANY = "...";

  /** Adds an operation to a graph. */
  interface Function {
    /** The outputs. */
    List<? extends Operand<?>> apply(Arguments arguments);
  }

  /** Which types an operation takes, and what it gives. */
  enum TypeRule {
    /** Floats: of whole numbers Keras makes something else, or nothing. */
    FLOATS,
    /** Floats, also of whole numbers and truths: {@code x / 255}. */
    FRACTIONS,
    /** Numbers of any kind, in the type that all operands can be brought to. */
    ARITHMETIC,
    /** Numbers of any kind; truths count as 0 and 1. */
    COUNTS,
    /** The same, where whole numbers of few bits become some of more. */
    SUMS,
    /** Values of any type, which are moved. */
    MOVES,
    /** Values of any type, which are compared. */
    COMPARES,
    /** Truths, and numbers that are true if they are not 0. */
    LOGIC,
    /** Numbers of any kind; gives places among them. */
    PLACES,
    /** Numbers of any kind; gives some of them, and their places. */
    RANKS,
    /** Values of any type; gives the type that is asked for. */
    GIVEN
  }

  /**
   * An operation with one output.
   *
   * @param signature as in Keras' source: {@code numpy.Mean(axis, keepdims)(x)}; any number of
   *     tensors is {@code (operands...)}
   */
  static Definition of(
      String signature, java.util.function.Function<Arguments, ? extends Operand<?>> body) {
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
    List<String> called = list(parts.group(4));
    return new Definition(
        parts.group(1), parts.group(2), made, called, called, TypeRule.FLOATS, body);
  }

  private static List<String> list(String names) {
    return Arrays.asList(names.split(", "));
  }

  /** An operation on one tensor that has no other argument. */
  static Definition unary(
      String name, BiFunction<Ops, Operand<TFloat32>, ? extends Operand<?>> body) {
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
    Operand<?> apply(Ops tf, Operand<TFloat32> x, Operand<TFloat32> y);
  }

  /** The same operation with other types. */
  Definition with(TypeRule other) {
    return new Definition(module, name, made, called, values, other, body);
  }

  /** The same operation in which some arguments alone decide about the type. */
  Definition over(String... names) {
    return new Definition(module, name, made, called, List.of(names), rule, body);
  }
}
