package kerava.layers.attention;

import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.WeightSpec;
import kerava.config.CallArguments;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.Scope;
import kerava.initializers.GlorotUniform;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Attention by a sum over the hyperbolic tangents of queries and keys (Bahdanau et al. 2014): query
 * (batch, queries, dim), value (batch, keys, size), key (batch, keys, dim) → (batch, queries,
 * size).
 *
 * <p>Its weight is {@code scale} (dim), which begins Glorot uniform. By default it has one, and no
 * dropout.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/attention_layers/additive_attention/">Keras:
 *     AdditiveAttention</a>
 */
public record AdditiveAttention(Config config) implements SingleAttention<AdditiveAttention> {
  private static final Key<Boolean> USE_SCALE = Key.of("use_scale", Codec.bool(), true);

  /** How the layer is written and read. */
  public static final Schema<AdditiveAttention> SCHEMA =
      Layer.schema(
          "AdditiveAttention", AdditiveAttention::new, USE_SCALE, DROPOUT, QUIET_SEED, CAUSAL);

  /** The layer. */
  public static AdditiveAttention of() {
    return new AdditiveAttention(SCHEMA.config());
  }

  /** The same layer with factors for the summands that are trained, the default, or without. */
  public AdditiveAttention useScale(boolean scale) {
    return new AdditiveAttention(config.with(USE_SCALE, scale));
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    Shape query = inputs.tensors(CallArguments.INPUTS).get(0).shape();
    long features = query.get(query.numDimensions() - 1);
    if (features == Shape.UNKNOWN_SIZE) {
      throw inputs.refuse("a known number of features", "");
    }
    return config.get(USE_SCALE)
        ? List.of(WeightSpec.trained("scale", Shape.of(features), GlorotUniform.of()))
        : List.of();
  }

  @Override
  public <T extends TFloating> Operand<T> scores(Scope scope, Operand<T> query, Operand<T> key) {
    Ops tf = scope.tf();
    Operand<T> tangents = tf.math.tanh(Attention.sums(tf, query, key));
    return summed(
        tf,
        config.get(USE_SCALE)
            ? tf.math.mul(scope.weight("scale", query.type()), tangents)
            : tangents);
  }

  /** Sums along the last axis. */
  static <T extends TFloating> Operand<T> summed(Ops tf, Operand<T> x) {
    return tf.reduceSum(x, tf.constant(-1));
  }

  @Override
  public Schema<AdditiveAttention> schema() {
    return SCHEMA;
  }
}
