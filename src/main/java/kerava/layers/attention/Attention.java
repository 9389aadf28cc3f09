package kerava.layers.attention;

import java.util.ArrayList;
import java.util.List;
import kerava.Inputs;
import kerava.Layer;
import kerava.WeightSpec;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.BatchProduct;
import kerava.graph.Scope;
import kerava.initializers.Ones;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Attention by the products of queries and keys (Luong et al. 2015): query (batch, queries, dim),
 * value (batch, keys, size), key (batch, keys, dim) → (batch, queries, size).
 *
 * <p>Its weights, each one number, are {@code scale} and {@code concat_score_weight}, if there are
 * such. By default there is neither, and no dropout.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/attention_layers/attention/">Keras: Attention</a>
 */
public record Attention(Config config) implements SingleAttention<Attention> {
  /** How queries are compared with keys. */
  public enum ScoreMode {
    /** By their product. */
    DOT,
    /** By the hyperbolic tangent of their sum. */
    CONCAT
  }

  private static final Key<Boolean> USE_SCALE = Key.of("use_scale", Codec.bool(), false);
  private static final Key<ScoreMode> SCORE_MODE =
      Key.of("score_mode", Codec.choice(ScoreMode.class), ScoreMode.DOT);

  /** How the layer is written and read. */
  public static final Schema<Attention> SCHEMA =
      Layer.schema("Attention", Attention::new, USE_SCALE, SCORE_MODE, DROPOUT, QUIET_SEED, CAUSAL);

  /** The layer. */
  public static Attention of() {
    return new Attention(SCHEMA.config());
  }

  /** The same layer with a factor for the scores that is trained, or without one, the default. */
  public Attention useScale(boolean scale) {
    return new Attention(config.with(USE_SCALE, scale));
  }

  /** The same layer that compares in another way; by products by default. */
  public Attention scoreMode(ScoreMode mode) {
    return new Attention(config.with(SCORE_MODE, mode));
  }

  @Override
  public List<WeightSpec> weights(Inputs inputs) {
    List<WeightSpec> weights = new ArrayList<>();
    if (config.get(USE_SCALE)) {
      weights.add(WeightSpec.trained("scale", Shape.scalar(), Ones.of()));
    }
    if (config.get(SCORE_MODE) == ScoreMode.CONCAT) {
      weights.add(WeightSpec.trained("concat_score_weight", Shape.scalar(), Ones.of()));
    }
    return List.copyOf(weights);
  }

  @Override
  public <T extends TFloating> Operand<T> scores(Scope scope, Operand<T> query, Operand<T> key) {
    Ops tf = scope.tf();
    return config.get(SCORE_MODE) == ScoreMode.DOT
        ? scaled(scope, BatchProduct.transposed(tf, query, key))
        : tf.math.mul(
            scope.weight("concat_score_weight", query.type()),
            AdditiveAttention.summed(tf, tf.math.tanh(scaled(scope, sums(tf, query, key)))));
  }

  /** Each query and each key: (batch, queries, keys, dim). */
  static <T extends TFloating> Operand<T> sums(Ops tf, Operand<T> query, Operand<T> key) {
    return tf.math.add(tf.expandDims(query, tf.constant(-2)), tf.expandDims(key, tf.constant(-3)));
  }

  private <T extends TFloating> Operand<T> scaled(Scope scope, Operand<T> x) {
    return config.get(USE_SCALE) ? scope.tf().math.mul(x, scope.weight("scale", x.type())) : x;
  }

  @Override
  public Schema<Attention> schema() {
    return SCHEMA;
  }
}
