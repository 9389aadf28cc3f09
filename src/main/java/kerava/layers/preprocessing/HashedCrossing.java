package kerava.layers.preprocessing;

import java.util.List;
import kerava.DTypePolicy;
import kerava.Inputs;
import kerava.LayerCall;
import kerava.TensorLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Cast;
import kerava.graph.DType;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.GraphOperationBuilder;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * Gives each pair of values one of so many bins, by a hash that is the same everywhere: two of
 * (batch) or (batch, 1), texts or whole numbers → INT64 of the same shape, or rows.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/categorical/hashed_crossing/">Keras:
 *     HashedCrossing</a>
 */
public record HashedCrossing(Config config) implements TensorLayer {
  private static final Key<Integer> NUM_BINS = Key.required("num_bins", Codec.positive());
  private static final Key<OutputMode> OUTPUT_MODE =
      Key.of(
          "output_mode",
          Codec.choice(OutputMode.class)
              .where(
                  "one of int, one_hot",
                  mode -> mode == OutputMode.INT || mode == OutputMode.ONE_HOT),
          OutputMode.INT);

  /** The key with which TensorFlow puts the hashes of a pair together, where none is said. */
  private static final long HASH_KEY = 0xDECAFCAFFEL;

  /** How the layer is written and read. */
  public static final Schema<HashedCrossing> SCHEMA =
      Schema.of("keras.layers", "HashedCrossing", HashedCrossing::new, NAME, HashedType.NAME)
          .with(NUM_BINS, OUTPUT_MODE, Sparse.KEY);

  /** Checks that the arguments go together. */
  public HashedCrossing {
    config =
        HashedType.checked(
            "HashedCrossing", config, HashedType.NAME, config.get(OUTPUT_MODE) == OutputMode.INT);
  }

  /**
   * The layer with so many bins.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static HashedCrossing of(int bins) {
    return new HashedCrossing(SCHEMA.config().with(NUM_BINS, bins));
  }

  /**
   * The same layer that makes something else of the bins; {@code INT} by default.
   *
   * @throws IllegalArgumentException if it is neither that nor {@code ONE_HOT}
   */
  public HashedCrossing outputMode(OutputMode mode) {
    return new HashedCrossing(config.with(OUTPUT_MODE, mode));
  }

  /** Hashes have a number type of their own. */
  @Override
  public DTypePolicy policy() {
    return DTypePolicy.FLOAT32;
  }

  @Override
  public HashedCrossing withPolicy(DTypePolicy policy) {
    return this;
  }

  private boolean rows() {
    return config.get(OUTPUT_MODE) == OutputMode.ONE_HOT;
  }

  private DType type() {
    return HashedType.of(config, HashedType.NAME, !rows());
  }

  private Encoding encoding() {
    return new Encoding(OutputMode.ONE_HOT, config.get(NUM_BINS));
  }

  @Override
  public List<TensorSpec> outputs(Inputs inputs) {
    List<TensorSpec> pair = inputs.tensors();
    if (pair.size() != 2) {
      throw inputs.refuse("two inputs", "");
    }
    Shape shape = pair.get(0).shape();
    boolean single =
        shape.numDimensions() == 1 || (shape.numDimensions() == 2 && shape.get(1) == 1);
    if (!single
        || !new TensorSpec(shape, DType.INT64)
            .equals(new TensorSpec(pair.get(1).shape(), DType.INT64))) {
      throw inputs.refuse("two inputs of shape (batch) or (batch, 1)", "");
    }
    if (pair.stream().anyMatch(each -> each.type() != DType.STRING && !each.type().whole())) {
      throw new IllegalArgumentException(
          inputs.where() + ": expected texts or whole numbers, got " + pair + ".");
    }
    return List.of(new TensorSpec(rows() ? encoding().shape(inputs, shape) : shape, type()));
  }

  @Override
  public List<TensorValue> call(Scope scope, LayerCall call) {
    Ops tf = scope.tf();
    Shape shape = call.values().get(0).operand().shape();
    List<? extends Operand<? extends TType>> columns =
        call.values().stream().map(value -> column(tf, value.operand())).toList();
    Operand<TInt64> crossed = crossed(tf, columns);
    Operand<TInt64> bins =
        shape.numDimensions() == 1
            ? tf.reshape(crossed, tf.constant(new long[] {-1}))
            : tf.reshape(crossed, tf.constant(new long[] {-1, 1}));
    return List.of(TensorValue.of(output(tf, bins)));
  }

  private Operand<? extends TType> output(Ops tf, Operand<TInt64> bins) {
    return switch (type()) {
      case INT32 ->
          rows() ? encoding().of(tf, bins, TInt32.class) : Cast.numbers(tf, bins, TInt32.class);
      case INT64 -> rows() ? encoding().of(tf, bins, TInt64.class) : bins;
      default -> encoding().of(tf, bins, TFloat32.class);
    };
  }

  private static Operand<? extends TType> column(Ops tf, Operand<? extends TType> values) {
    Operand<? extends TType> typed =
        values.type().equals(TString.class) ? values : Cast.numbers(tf, values, TInt64.class);
    return tf.reshape(typed, tf.constant(new long[] {-1, 1}));
  }

  /** One bin a row. TensorFlow Java 1.1.0 has only the second version, which hashes otherwise. */
  private Operand<TInt64> crossed(Ops tf, List<? extends Operand<? extends TType>> columns) {
    boolean texts = columns.stream().allMatch(column -> column.type().equals(TString.class));
    GraphOperationBuilder cross =
        (GraphOperationBuilder)
            tf.scope()
                .env()
                .opBuilder("SparseCross", tf.scope().makeOpName("SparseCross"), tf.scope());
    Output<?>[] none = new Output<?>[0];
    cross.addInputList(none).addInputList(none).addInputList(none);
    cross.addInputList(columns.stream().map(Operand::asOutput).toArray(Output<?>[]::new));
    cross.setAttr("N", 0);
    cross.setAttr("hashed_output", true);
    cross.setAttr("num_buckets", config.get(NUM_BINS));
    cross.setAttr("hash_key", HASH_KEY);
    cross.setAttr("out_type", DataType.DT_INT64);
    cross.setAttr("internal_type", texts ? DataType.DT_STRING : DataType.DT_INT64);
    return cross.build().output(1);
  }

  @Override
  public Schema<HashedCrossing> schema() {
    return SCHEMA;
  }
}
