package kerava.layers.attention;

import java.util.List;
import java.util.Optional;
import kerava.InnerLayer;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerCall;
import kerava.TensorLayer;
import kerava.config.CallArguments;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import kerava.layers.ActivationArguments;
import kerava.layers.BiasArguments;
import kerava.layers.KernelArguments;
import kerava.layers.SeedArgument;
import kerava.regularizers.Regularizer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TBool;

/**
 * What layers of attention with many heads have in common: dense layers {@code query}, {@code key}
 * and {@code value} in front of the heads, {@code attention_output} behind them, and their
 * arguments.
 *
 * <p>Such a layer is called with {@code query}, {@code value} and, if it is not the value, {@code
 * key}; with {@code attention_mask}, (batch, queries, keys) of truths; and with the flags {@code
 * use_causal_mask} and {@code return_attention_scores}, which makes the scores a second output.
 * Masks of query, value and key count as in Keras.
 *
 * <pre>{@code
 * Node self = MultiHeadAttention.of(8, 64).apply(x, x);
 * CallArguments causal =
 *     CallArguments.each(List.of("query", "value")).with("use_causal_mask", true);
 * Node decoded = MultiHeadAttention.of(8, 64).apply(causal, x, x);
 * }</pre>
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/attention_layers/">Keras: attention layers</a>
 */
public interface HeadAttention<L extends Layer>
    extends TensorLayer, KernelArguments<L>, BiasArguments<L>, SeedArgument<L> {
  /** The key of which part of the scores is set to 0 in training. */
  Key<Double> DROPOUT = Key.of("dropout", Codec.between(0, 1), 0.0);

  /** The key of whether what heads give is multiplied by a gate; Keras has it since 3.14. */
  Key<Boolean> USE_GATE = Key.of("use_gate", Codec.bool(), false).quiet();

  /** The key of how far a query sees; Keras has it since 3.15. */
  Key<Optional<Integer>> SLIDING_WINDOW = Key.optional("sliding_window", Codec.positive()).quiet();

  /** The key of a kernel that Keras has on other backends than TensorFlow. */
  Key<Optional<Boolean>> FLASH_ATTENTION =
      Key.of(
              "flash_attention",
              Codec.nullable(Codec.bool())
                  .where(
                      "no flash attention, which TensorFlow does not have",
                      flash -> !flash.orElse(false)),
              Optional.<Boolean>empty())
          .quiet();

  /** The key of the seed beside the training's, which older versions of Keras do not know. */
  Key<Optional<Integer>> QUIET_SEED = Key.optional("seed", Codec.integer()).quiet();

  @Override
  Schema<L> schema();

  /**
   * The same layer that sets a part of its scores to 0 in training; none by default.
   *
   * @param rate which part, from 0 to 1
   */
  default L dropout(double rate) {
    return schema().create(config().with(DROPOUT, rate));
  }

  /** The same layer with a gate that follows from the query, or without one, the default. */
  default L useGate(boolean gate) {
    return schema().create(config().with(USE_GATE, gate));
  }

  /**
   * The same layer of which a query sees only keys near its own place; all by default.
   *
   * @param width how many places away a key is no longer seen, at least 1
   */
  default L slidingWindow(int width) {
    return schema().create(config().with(SLIDING_WINDOW, Optional.of(width)));
  }

  /** The same layer with a penalty on what each of its dense layers gives; none by default. */
  default L activityRegularizer(Regularizer regularizer) {
    return schema()
        .create(config().with(ActivationArguments.ACTIVITY_REGULARIZER, Optional.of(regularizer)));
  }

  @Override
  default L seed(int seed) {
    return schema().create(config().with(QUIET_SEED, Optional.of(seed)));
  }

  /** How many numbers of a query and of a key are compared. */
  int compared();

  /**
   * The axes that are attended over, of queries and keys behind their dense layers.
   *
   * @param rank how many axes these have, the last two those of heads and numbers
   */
  List<Integer> attended(int rank);

  /** Which queries count, of shape (batch, queries), if that is known. */
  default Optional<Operand<TBool>> queryMask(LayerCall call) {
    return call.mask("query");
  }

  /**
   * Whether an {@code attention_mask} of numbers is rounded, where there is no other mask and Keras
   * computes scores by themselves, instead of counting as true where it is not 0.
   */
  default boolean roundsMasks() {
    return false;
  }

  /** The dense layers, in Keras' order, by their names. */
  @Override
  List<InnerLayer> inner(Inputs inputs);

  @Override
  default List<String> arguments() {
    return List.of(
        "query",
        "value",
        "key",
        "query_mask",
        "value_mask",
        "key_mask",
        "attention_mask",
        "return_attention_scores",
        "use_causal_mask");
  }

  @Override
  default CallArguments arguments(int nodes) {
    return CallArguments.each(arguments().subList(0, Math.min(nodes, arguments().size())));
  }

  /** The type and shape of what the layer is called with as query. */
  private static TensorSpec given(Inputs inputs, String argument) {
    List<TensorSpec> given = inputs.tensors(argument);
    if (given.size() != 1) {
      throw inputs.refuse("one tensor as " + argument, "");
    }
    return given.get(0);
  }

  /**
   * The shapes of query, value and key.
   *
   * @throws IllegalArgumentException if one is missing, or they do not go together
   */
  static List<Shape> shapes(Inputs inputs) {
    Shape query = given(inputs, "query").shape();
    Shape value = given(inputs, "value").shape();
    Shape key = inputs.tensors("key").isEmpty() ? value : given(inputs, "key").shape();
    int rank = query.numDimensions();
    if (rank < 3 || value.numDimensions() != rank || key.numDimensions() != rank) {
      throw inputs.refuse("query, value and key of one rank of at least 3", "");
    }
    for (int axis = 1; axis < rank - 1; axis++) {
      if (value.get(axis) != key.get(axis)) {
        throw inputs.refuse("value and key that differ along the last axis alone", "");
      }
    }
    return List.of(query, value, key);
  }

  @Override
  default List<TensorValue> call(Scope scope, LayerCall call) {
    return new HeadCall(this, scope, call).values(policy().computeType());
  }

  @Override
  default boolean supportsMasking() {
    return true;
  }

  /** That of the query. */
  @Override
  default Optional<Operand<TBool>> outputMask(Scope scope, LayerCall call) {
    return call.value("query").flatMap(TensorValue::mask);
  }
}
