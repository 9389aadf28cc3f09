package kerava.layers.preprocessing;

import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerCall;
import kerava.TensorLayer;
import kerava.config.CallArguments;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Cast;
import kerava.graph.DType;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Makes rows of the numbers of categories: (batch, numbers) → (batch, tokens), float32.
 *
 * <p>It can be called with weights of the numbers in the mode {@code COUNT}: {@code
 * encoding.apply(CallArguments.each(List.of("inputs", "count_weights")), numbers, weights)}.
 *
 * @param config the arguments
 * @see <a
 *     href="https://keras.io/api/layers/preprocessing_layers/categorical/category_encoding/">Keras:
 *     CategoryEncoding</a>
 */
public record CategoryEncoding(Config config) implements TensorLayer {
  private static final String WEIGHTS = "count_weights";

  private static final Key<Integer> NUM_TOKENS = Key.required("num_tokens", Codec.positive());

  private static final Key<OutputMode> OUTPUT_MODE =
      Key.of(
          "output_mode",
          Codec.choice(OutputMode.class)
              .where(
                  "one of one_hot, multi_hot, count",
                  mode -> mode != OutputMode.INT && mode != OutputMode.TF_IDF),
          OutputMode.MULTI_HOT);

  /** How the layer is written and read. */
  public static final Schema<CategoryEncoding> SCHEMA =
      Layer.schema("CategoryEncoding", CategoryEncoding::new, NUM_TOKENS, OUTPUT_MODE)
          .with(Sparse.KEY.quiet());

  /**
   * The layer for so many categories, with a 1 at the place of each that a sample has.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static CategoryEncoding of(int tokens) {
    return new CategoryEncoding(SCHEMA.config().with(NUM_TOKENS, tokens));
  }

  /**
   * The same layer that makes something else of the numbers; {@code MULTI_HOT} by default.
   *
   * @throws IllegalArgumentException if it is {@code INT} or {@code TF_IDF}
   */
  public CategoryEncoding outputMode(OutputMode mode) {
    return new CategoryEncoding(config.with(OUTPUT_MODE, mode));
  }

  private Encoding encoding() {
    return new Encoding(config.get(OUTPUT_MODE), config.get(NUM_TOKENS));
  }

  @Override
  public List<String> arguments() {
    return List.of(CallArguments.INPUTS, WEIGHTS);
  }

  @Override
  public List<TensorSpec> outputs(Inputs inputs) {
    List<TensorSpec> numbers = inputs.tensors(CallArguments.INPUTS);
    if (numbers.size() != 1 || numbers.get(0).type() == DType.STRING) {
      throw inputs.refuse("numbers of categories", "Does a StringLookup come before it?");
    }
    List<TensorSpec> weights = inputs.tensors(WEIGHTS);
    if (!weights.isEmpty() && config.get(OUTPUT_MODE) != OutputMode.COUNT) {
      throw inputs.refuse("no count_weights unless output_mode is COUNT", "");
    }
    if (!weights.isEmpty() && !weights.get(0).shape().isCompatibleWith(numbers.get(0).shape())) {
      throw inputs.refuse("count_weights of the shape of the numbers", "");
    }
    return List.of(TensorSpec.floats(encoding().shape(inputs, numbers.get(0).shape())));
  }

  @Override
  public List<TensorValue> call(Scope scope, LayerCall call) {
    Ops tf = scope.tf();
    Operand<TInt64> numbers =
        Cast.numbers(tf, call.values(CallArguments.INPUTS).get(0).operand(), TInt64.class);
    Optional<Operand<TFloat32>> weights =
        call.value(WEIGHTS).map(value -> Cast.numbers(tf, value.operand(), TFloat32.class));
    return List.of(TensorValue.of(encoding().of(tf, numbers, TFloat32.class, weights)));
  }

  @Override
  public Schema<CategoryEncoding> schema() {
    return SCHEMA;
  }
}
