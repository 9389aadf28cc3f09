package kerava.layers.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerava.InnerLayer;
import kerava.LayerCall;
import kerava.graph.Scope;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** One call of a layer of attention with many heads. */
final class HeadCall {
  private final HeadAttention<?> layer;
  private final Scope scope;
  private final Ops tf;
  private final LayerCall call;
  private final TensorValue query;
  private final TensorValue value;
  private final TensorValue key;
  private final List<InnerLayer> inner;

  HeadCall(HeadAttention<?> layer, Scope scope, LayerCall call) {
    this.layer = layer;
    this.scope = scope;
    this.tf = scope.tf();
    this.call = call;
    this.query = call.value("query").orElseThrow();
    this.value = call.value("value").orElseThrow();
    this.key = call.value("key").orElse(value);
    this.inner = layer.inner(call.inputs());
  }

  private boolean flag(String name) {
    return call.arguments().flag(name, false);
  }

  /** The outputs: what is found, and the scores if they are asked for. */
  <T extends TFloating> List<TensorValue> values(Class<T> type) {
    Heads<T> heads =
        new Heads<>(
            projected("query", query, type),
            projected("key", key, type),
            projected("value", value, type));
    boolean asked = flag("return_attention_scores");
    boolean one = !asked && HeadProduct.isOne(layer, heads.query());
    HeadProduct product = new HeadProduct(layer, scope, mask(one), asked, one);
    HeadProduct.Found<T> found = product.of(heads);
    Operand<T> gated =
        layer.config().get(HeadAttention.USE_GATE)
            ? tf.math.mul(found.values(), projected("gate", query, type))
            : found.values();
    Operand<T> output = projected("attention_output", TensorValue.of(gated), type);
    List<TensorValue> values = new ArrayList<>();
    values.add(TensorValue.of(output).masked(layer.outputMask(scope, call)));
    found.scores().ifPresent(values::add);
    return List.copyOf(values);
  }

  /**
   * What dense layers make for the heads.
   *
   * @param query of shape (batch, ..., heads, numbers)
   * @param key of shape (batch, ..., heads, numbers)
   * @param value of shape (batch, ..., heads, numbers)
   */
  record Heads<T extends TFloating>(Operand<T> query, Operand<T> key, Operand<T> value) {}

  private <T extends TFloating> Operand<T> projected(String name, TensorValue x, Class<T> type) {
    InnerLayer dense =
        inner.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    LayerCall plain = LayerCall.of(name, x.operand());
    return dense.call(scope, plain).get(0).as(type);
  }

  /** Which queries see which keys, if not all see all. */
  private Optional<Operand<TBool>> mask(boolean one) {
    List<Optional<Operand<TBool>>> masks = new ArrayList<>();
    masks.add(layer.queryMask(call).map(mask -> AttentionMask.ofQueries(tf, mask)));
    masks.add(call.mask("value").map(mask -> AttentionMask.ofKeys(tf, mask)));
    masks.add(call.mask("key").map(mask -> AttentionMask.ofKeys(tf, mask)));
    Operand<TInt32> queries = AttentionMask.size(tf, query.operand(), 1);
    Operand<TInt32> keys = AttentionMask.size(tf, value.operand(), 1);
    if (flag("use_causal_mask")) {
      masks.add(Optional.of(AttentionMask.causal(tf, queries, keys)));
    }
    layer
        .config()
        .get(HeadAttention.SLIDING_WINDOW)
        .ifPresent(width -> masks.add(Optional.of(AttentionMask.window(tf, queries, keys, width))));
    Optional<Operand<TBool>> known = AttentionMask.all(tf, masks);
    boolean rounds = layer.roundsMasks() && known.isEmpty() && !one;
    return AttentionMask.all(
        tf,
        List.of(
            known,
            call.value("attention_mask")
                .map(TensorValue::operand)
                .map(
                    mask ->
                        rounds ? AttentionMask.most(tf, mask) : AttentionMask.truths(tf, mask))));
  }
}
