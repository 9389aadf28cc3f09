package kerava.layers.preprocessing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import kerava.DTypePolicy;
import kerava.Inputs;
import kerava.LayerCall;
import kerava.TensorLayer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.config.Source;
import kerava.graph.Array;
import kerava.graph.Cast;
import kerava.graph.Constants;
import kerava.graph.DType;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * Gives texts and whole numbers one of so many bins, by a hash that is the same everywhere: any
 * shape → INT64 of the same; other {@linkplain OutputMode modes} give rows. Fractions are cut off.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/categorical/hashing/">Keras:
 *     Hashing</a>
 */
public record Hashing(Config config) implements TensorLayer {
  private static final Key<Integer> NUM_BINS = Key.required("num_bins", Codec.positive());
  private static final Key<Optional<Array>> MASK_VALUE =
      Key.optional("mask_value", Codec.of("a text or a number", Hashing::write, Hashing::read));

  /** How the layer is written and read. */
  public static final Schema<Hashing> SCHEMA =
      Schema.of("keras.layers", "Hashing", Hashing::new, NAME, TRAINABLE, HashedType.POLICY)
          .with(NUM_BINS, Hash.SALT, MASK_VALUE, OutputMode.WITHOUT_WEIGHTS, Sparse.KEY);

  /** Checks that the arguments go together. */
  public Hashing {
    config =
        HashedType.checked(
            "Hashing",
            config,
            HashedType.POLICY,
            config.get(OutputMode.WITHOUT_WEIGHTS) == OutputMode.INT);
  }

  private static JsonNode write(Array value) {
    return switch (value.type()) {
      case STRING -> JsonNodeFactory.instance.textNode(value.texts()[0]);
      case INT64 -> JsonNodeFactory.instance.numberNode(value.longs()[0]);
      default -> JsonNodeFactory.instance.numberNode(value.floats()[0]);
    };
  }

  private static Array read(Source source) {
    JsonNode node = source.node();
    if (node.isTextual()) {
      return Terms.single(node.textValue());
    }
    if (node.isIntegralNumber()) {
      return Terms.single(Terms.number().read(source));
    }
    return Array.of(new float[] {Codec.number().read(source).floatValue()});
  }

  /**
   * The layer with so many bins.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Hashing of(int bins) {
    return new Hashing(SCHEMA.config().with(NUM_BINS, bins));
  }

  private <T> Hashing with(Key<T> key, T value) {
    return new Hashing(config.with(key, value));
  }

  /** The same layer that hashes with SipHash and a salt; with FarmHash by default. */
  public Hashing salt(long first, long second) {
    return with(Hash.SALT, Optional.of(List.of(first, second)));
  }

  /** The same layer that keeps bin 0 for a text that is masked; for none by default. */
  public Hashing maskValue(String text) {
    return with(MASK_VALUE, Optional.of(Terms.single(text)));
  }

  /** The same layer that keeps bin 0 for a number that is masked; for none by default. */
  public Hashing maskValue(long number) {
    return with(MASK_VALUE, Optional.of(Terms.single(number)));
  }

  /**
   * The same layer that makes something else of the bins; {@code INT} by default.
   *
   * @throws IllegalArgumentException if it is {@code TF_IDF}
   */
  public Hashing outputMode(OutputMode mode) {
    return with(OutputMode.WITHOUT_WEIGHTS, mode);
  }

  /** Hashes have a number type of their own. */
  @Override
  public DTypePolicy policy() {
    return DTypePolicy.FLOAT32;
  }

  @Override
  public Hashing withPolicy(DTypePolicy policy) {
    return this;
  }

  private OutputMode mode() {
    return config.get(OutputMode.WITHOUT_WEIGHTS);
  }

  private Encoding encoding() {
    return new Encoding(mode(), config.get(NUM_BINS));
  }

  private DType type() {
    return HashedType.of(config, HashedType.POLICY, mode() == OutputMode.INT);
  }

  /** The shape of what is hashed: Keras drops a last axis of 1 here, and rows drop another. */
  private Shape hashed(Shape values) {
    int rank = values.numDimensions();
    boolean drops = mode() == OutputMode.ONE_HOT && rank > 1 && values.get(rank - 1) == 1;
    return drops ? values.subShape(0, rank - 1) : values;
  }

  @Override
  public List<TensorSpec> outputs(Inputs inputs) {
    Shape shape = inputs.single();
    TensorSpec values = inputs.tensors().get(0);
    Optional<Array> mask = config.get(MASK_VALUE);
    boolean texts = values.type() == DType.STRING;
    if (mask.isPresent() && texts != (mask.get().type() == Array.Type.STRING)) {
      throw new IllegalArgumentException(
          "%s: expected values of the type of mask_value, %s, got %s."
              .formatted(inputs.where(), mask.get().type(), values));
    }
    return List.of(
        new TensorSpec(
            mode() == OutputMode.INT ? shape : encoding().shape(inputs, hashed(shape)), type()));
  }

  @Override
  public List<TensorValue> call(Scope scope, LayerCall call) {
    Ops tf = scope.tf();
    Operand<? extends TType> values = call.values().get(0).operand();
    Shape shape = values.shape();
    if (hashed(shape).numDimensions() < shape.numDimensions()) {
      values = tf.squeeze(values, Squeeze.axis(List.of(shape.numDimensions() - 1L)));
    }
    return List.of(TensorValue.of(output(tf, bins(tf, values), numbers(type()))));
  }

  @SuppressWarnings("unchecked") // all of its types are of numbers
  private static Class<? extends TNumber> numbers(DType type) {
    return (Class<? extends TNumber>) type.tensorType();
  }

  private <T extends TNumber> Operand<T> output(Ops tf, Operand<TInt64> bins, Class<T> type) {
    return mode() == OutputMode.INT ? Cast.numbers(tf, bins, type) : encoding().of(tf, bins, type);
  }

  private Operand<TInt64> bins(Ops tf, Operand<? extends TType> values) {
    int bins = config.get(NUM_BINS);
    Optional<Array> mask = bins > 1 ? config.get(MASK_VALUE) : Optional.empty();
    DType type = DType.of(values.type());
    Operand<? extends TType> whole =
        type.floating() ? tf.dtypes.cast(values, TInt64.class) : values;
    Hash hash = new Hash(config.get(Hash.SALT));
    if (mask.isEmpty()) {
      return hash.bins(tf, whole, bins);
    }
    Operand<TInt64> others = tf.math.add(hash.bins(tf, whole, bins - 1), tf.constant(1L));
    return tf.select(masked(tf, values, mask.get()), tf.constant(0L), others);
  }

  private static Operand<TBool> masked(Ops tf, Operand<? extends TType> values, Array mask) {
    if (mask.type() == Array.Type.STRING) {
      return tf.math.equal(
          values.asOutput().expect(TString.class),
          Constants.of(tf, mask).asOutput().expect(TString.class));
    }
    return same(tf, values, values.type(), mask);
  }

  private static <T extends TType> Operand<TBool> same(
      Ops tf, Operand<? extends TType> values, Class<T> type, Array mask) {
    return tf.math.equal(
        values.asOutput().expect(type), tf.dtypes.cast(Constants.of(tf, mask), type));
  }

  @Override
  public Schema<Hashing> schema() {
    return SCHEMA;
  }
}
