package kerava;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/**
 * Where data enters a model; Keras' {@code InputLayer}.
 *
 * @see <a href="https://keras.io/api/layers/core_layers/input/">Keras: Input</a>
 */
public record Input(Config config) implements Layer {
  private static final Codec<Optional<Integer>> DIMENSION =
      Codec.nullable(Codec.integer().where("a size of at least 1", size -> size >= 1));
  private static final Key<List<Optional<Integer>>> BATCH_SHAPE =
      Key.required("batch_shape", Codec.list(DIMENSION));

  // Whole numbers are fed as floats, which hold all that pixels can be; the files keep their type.
  private static final List<String> DTYPES =
      List.of("float32", "uint8", "int8", "int16", "int32", "int64");

  /** The type of inputs that are not of whole numbers. */
  static final String FLOATS = "float32";

  private static final Key<String> DTYPE =
      Key.of("dtype", Codec.text().where("one of " + DTYPES, DTYPES::contains), FLOATS);

  /** How an input is written and read. */
  public static final Schema<Input> SCHEMA =
      Schema.of(
          "keras.layers",
          "InputLayer",
          Input::new,
          BATCH_SHAPE,
          DTYPE,
          Key.only("sparse", Codec.bool(), false),
          Key.only("ragged", Codec.bool(), false).quiet(),
          Key.only("optional", Codec.bool(), false).quiet(),
          NAME);

  /** Checks the shape. */
  public Input {
    if (config.get(BATCH_SHAPE).isEmpty()) {
      throw new IllegalArgumentException(
          "InputLayer batch_shape: expected a batch dimension, got none.");
    }
  }

  /**
   * An input of a shape, without its batch dimension.
   *
   * @param shape the shape of one sample: 32, 32, 3
   * @throws IllegalArgumentException if a dimension is below 1
   */
  public static Node of(long... shape) {
    return new Input(config(shape)).apply();
  }

  /** NumPy's name for the type of the numbers that come in: {@code float32}, {@code uint8}. */
  public String dtype() {
    return config.get(DTYPE);
  }

  /** Whether whole numbers come in. */
  boolean whole() {
    return !dtype().equals(FLOATS);
  }

  /** Cuts fractions off, as Keras does where floats come in at an input of whole numbers. */
  <T extends TFloating> Operand<T> cut(Scope scope, Operand<T> numbers) {
    Ops tf = scope.tf();
    Class<? extends TNumber> whole = dtype().equals("uint8") ? TUint8.class : TInt64.class;
    Operand<? extends TNumber> cut = tf.dtypes.cast(numbers, whole);
    return tf.dtypes.cast(cut, numbers.type());
  }

  /** The types of the numbers that come in at each input of a model, in its order. */
  public static List<String> types(Model model) {
    return model.inputs().stream()
        .map(origin -> model.layer(origin.layer()).layer())
        .map(layer -> layer instanceof Input input ? input.dtype() : FLOATS)
        .toList();
  }

  /** An input of a shape under a name. */
  public static Node named(String name, long... shape) {
    return new Input(config(shape).with(NAME, Optional.of(name))).apply();
  }

  private static Config config(long... shape) {
    List<Optional<Integer>> dimensions = new java.util.ArrayList<>();
    dimensions.add(Optional.empty());
    Arrays.stream(shape).forEach(size -> dimensions.add(Optional.of(Math.toIntExact(size))));
    return SCHEMA.config().with(BATCH_SHAPE, List.copyOf(dimensions));
  }

  @Override
  public Shape outputShape(Inputs inputs) {
    return Shape.of(
        config.get(BATCH_SHAPE).stream()
            .mapToLong(size -> size.map(Integer::longValue).orElse(Shape.UNKNOWN_SIZE))
            .toArray());
  }

  @Override
  public Operand<TFloat32> build(Scope scope, List<Operand<TFloat32>> inputs) {
    return inputs.get(0);
  }

  @Override
  public boolean trainable() {
    return true;
  }

  @Override
  public Schema<Input> schema() {
    return SCHEMA;
  }
}
