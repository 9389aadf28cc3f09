package kerava.layers.attention;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerCall;
import kerava.TensorLayer;
import kerava.config.CallArguments;
import kerava.config.Codec;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.BatchProduct;
import kerava.graph.Cast;
import kerava.graph.DType;
import kerava.graph.Scope;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import kerava.layers.Dropout;
import kerava.layers.SeedArgument;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * What layers of attention without heads have in common: they are called with query and value, and
 * with a key if it is not the value, in a list; they take a {@code mask} for each, and the flags
 * {@code use_causal_mask} and {@code return_attention_scores}, which makes the scores a second
 * output. The output has the mask of the query.
 *
 * @param <L> the class of the layer
 * @see <a href="https://keras.io/api/layers/attention_layers/">Keras: attention layers</a>
 */
public interface SingleAttention<L extends Layer> extends TensorLayer, SeedArgument<L> {
  /** The key of which part of the scores is set to 0 in training. */
  Key<Double> DROPOUT = HeadAttention.DROPOUT;

  /** The key of the seed beside the training's, which older versions of Keras do not know. */
  Key<Optional<Integer>> QUIET_SEED = HeadAttention.QUIET_SEED;

  /** Keras 2's word for what is an argument of a call now. */
  Key<Boolean> CAUSAL = Key.only("causal", Codec.bool(), false).quiet();

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

  @Override
  default L seed(int seed) {
    return schema().create(config().with(QUIET_SEED, Optional.of(seed)));
  }

  /**
   * How like each query is to each key.
   *
   * @param query of shape (batch, queries, features)
   * @param key of shape (batch, keys, features)
   * @return of shape (batch, queries, keys)
   */
  <T extends TFloating> Operand<T> scores(Scope scope, Operand<T> query, Operand<T> key);

  @Override
  default List<String> arguments() {
    return List.of(CallArguments.INPUTS, "mask", "return_attention_scores", "use_causal_mask");
  }

  @Override
  default CallArguments arguments(int nodes) {
    return CallArguments.listed(CallArguments.INPUTS, nodes);
  }

  @Override
  default List<TensorSpec> outputs(Inputs inputs) {
    List<TensorSpec> given = inputs.tensors(CallArguments.INPUTS);
    int rank = given.isEmpty() ? 0 : given.get(0).shape().numDimensions();
    boolean same = given.stream().allMatch(each -> each.shape().numDimensions() == rank);
    if (given.size() < 2 || given.size() > 3 || rank < 3 || !same) {
      throw inputs.refuse("query, value and perhaps key in a list, of one rank of at least 3", "");
    }
    Shape query = given.get(0).shape();
    Shape value = given.get(1).shape();
    Shape key = given.get(given.size() - 1).shape();
    if (query.get(rank - 1) != key.get(rank - 1) || value.get(rank - 2) != key.get(rank - 2)) {
      throw inputs.refuse("as many features of query and key, and as many values as keys", "");
    }
    DType type = DType.of(policy().computeType());
    Shape steps = query.subShape(0, rank - 1);
    List<TensorSpec> outputs =
        new ArrayList<>(List.of(new TensorSpec(steps.append(value.get(rank - 1)), type)));
    if (inputs.arguments().flag("return_attention_scores", false)) {
      outputs.add(new TensorSpec(steps.append(key.get(rank - 2)), type));
    }
    return List.copyOf(outputs);
  }

  @Override
  default List<TensorValue> call(Scope scope, LayerCall call) {
    return values(scope, call, policy().computeType());
  }

  private <T extends TFloating> List<TensorValue> values(
      Scope scope, LayerCall call, Class<T> type) {
    Ops tf = scope.tf();
    List<Operand<T>> given = new ArrayList<>();
    call.values(CallArguments.INPUTS)
        .forEach(each -> given.add(Cast.numbers(tf, each.operand(), type)));
    Operand<T> query = given.get(0);
    Operand<T> key = given.get(given.size() - 1);
    Operand<T> likeness = scores(scope, query, key);
    Operand<T> shares = Cast.inFloat32(tf, likeness, x -> shares(tf, x, seen(tf, call), type));
    Operand<T> found = BatchProduct.of(tf, dropped(scope, shares), given.get(1));
    Operand<T> output =
        mask(call, 0)
            .<Operand<T>>map(
                mask -> tf.select(tf.expandDims(mask, tf.constant(-1)), found, tf.zerosLike(found)))
            .orElse(found);
    List<TensorValue> values = new ArrayList<>();
    values.add(TensorValue.of(output).masked(mask(call, 0)));
    if (call.arguments().flag("return_attention_scores", false)) {
      values.add(TensorValue.of(shares));
    }
    return List.copyOf(values);
  }

  /** Keras takes a great number off what a query does not see. */
  private static Operand<TFloat32> shares(
      Ops tf, Operand<TFloat32> scores, Optional<Operand<TBool>> seen, Class<?> type) {
    Operand<TFloat32> great = tf.constant(type.equals(TFloat16.class) ? 65504f : 1e9f);
    return tf.nn.softmax(
        seen.<Operand<TFloat32>>map(mask -> tf.select(mask, scores, tf.math.sub(scores, great)))
            .orElse(scores));
  }

  private Optional<Operand<TBool>> seen(Ops tf, LayerCall call) {
    List<Optional<Operand<TBool>>> masks = new ArrayList<>();
    masks.add(mask(call, 1).map(mask -> AttentionMask.ofKeys(tf, mask)));
    if (call.arguments().flag("use_causal_mask", false)) {
      List<TensorValue> given = call.values(CallArguments.INPUTS);
      Operand<?> query = given.get(0).operand();
      Operand<?> key = given.get(given.size() - 1).operand();
      int steps = query.shape().numDimensions() - 2;
      masks.add(
          Optional.of(
              AttentionMask.causal(
                  tf, AttentionMask.size(tf, query, steps), AttentionMask.size(tf, key, steps))));
    }
    return AttentionMask.all(tf, masks);
  }

  /** The mask of one of the inputs: that of the call if it has masks, else its own. */
  private static Optional<Operand<TBool>> mask(LayerCall call, int input) {
    JsonNode given = call.arguments().get("mask");
    if (given.isArray()) {
      var tensor = CallArguments.tensor(given.path(input));
      return tensor.isPresent()
          ? Optional.of(call.values().get(tensor.getAsInt()).as(TBool.class))
          : Optional.empty();
    }
    return call.values(CallArguments.INPUTS).get(input).mask();
  }

  private <T extends TFloating> Operand<T> dropped(Scope scope, Operand<T> shares) {
    double rate = config().get(DROPOUT);
    if (rate == 0) {
      return shares;
    }
    Dropout dropout = Dropout.of(rate);
    Dropout seeded = config().get(QUIET_SEED).map(dropout::seed).orElse(dropout);
    return Cast.inFloat32(scope.tf(), shares, x -> seeded.build(scope.child("dropout"), x));
  }

  @Override
  default boolean supportsMasking() {
    return true;
  }

  @Override
  default Optional<Operand<TBool>> outputMask(Scope scope, LayerCall call) {
    return mask(call, 0);
  }
}
