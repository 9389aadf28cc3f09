package kerava;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kerava.config.CallArguments;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.DType;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

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

  private static final List<DType> DTYPES =
      List.of(
          DType.FLOAT32,
          DType.UINT8,
          DType.INT8,
          DType.INT16,
          DType.INT32,
          DType.INT64,
          DType.BOOL,
          DType.STRING);

  private static final Key<String> DTYPE =
      Key.of(
          "dtype",
          Codec.text()
              .where(
                  "one of " + DTYPES,
                  name -> DType.named(name).filter(DTYPES::contains).isPresent()),
          DType.FLOAT32.toString());

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
   * @param shape the shape of one sample: 32, 32, 3; -1 where it differs from batch to batch
   * @throws IllegalArgumentException if a dimension is 0, or below -1
   */
  public static Node of(long... shape) {
    return new Input(config(shape)).apply();
  }

  /** The type of what comes in. */
  public DType dtype() {
    return DType.named(config.get(DTYPE)).orElseThrow();
  }

  /**
   * What comes in, in the type of the input: fractions are cut off, as Keras does where floats come
   * in at an input of whole numbers.
   */
  TensorValue entered(Scope scope, TensorValue value) {
    Class<? extends TType> type = dtype().tensorType();
    boolean floats = dtype().floating() || value.operand().type().equals(type);
    return floats
        ? value
        : new TensorValue(scope.tf().dtypes.cast(value.operand(), type), value.mask());
  }

  /** The types of what comes in at each input of a model, in its order. */
  public static List<DType> types(Model model) {
    return model.inputSpecs().stream().map(TensorSpec::type).toList();
  }

  /**
   * An input of another type than float32: whole numbers, truths or texts.
   *
   * @param type of what comes in
   * @param shape the shape of one sample, -1 where it differs from batch to batch; none for one
   *     value a sample
   * @throws IllegalArgumentException if a dimension is 0, or below -1
   */
  public static Node of(DType type, long... shape) {
    return new Input(config(shape).with(DTYPE, type.toString())).apply();
  }

  /** An input of a shape under a name. */
  public static Node named(String name, long... shape) {
    return named(name, DType.FLOAT32, shape);
  }

  /** An input of a type and a shape under a name. */
  public static Node named(String name, DType type, long... shape) {
    Config config = config(shape).with(DTYPE, type.toString());
    return new Input(config.with(NAME, Optional.of(name))).apply();
  }

  private static Config config(long... shape) {
    List<Optional<Integer>> dimensions = new java.util.ArrayList<>();
    dimensions.add(Optional.empty());
    Arrays.stream(shape)
        .forEach(
            size ->
                dimensions.add(
                    size == Shape.UNKNOWN_SIZE
                        ? Optional.empty()
                        : Optional.of(Math.toIntExact(size))));
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
  public List<TensorSpec> outputs(Inputs inputs) {
    return List.of(new TensorSpec(outputShape(inputs), dtype()));
  }

  @Override
  public Operand<TFloat32> build(Scope scope, List<Operand<TFloat32>> inputs) {
    return inputs.get(0);
  }

  /** An input is called with nothing. */
  @Override
  public CallArguments arguments(int nodes) {
    return CallArguments.none();
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
