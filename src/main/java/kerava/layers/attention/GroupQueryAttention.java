package kerava.layers.attention;

import static kerava.layers.ActivationArguments.ACTIVITY_REGULARIZER;

import java.util.ArrayList;
import java.util.List;
import kerava.InnerLayer;
import kerava.Inputs;
import kerava.Layer;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.DType;
import kerava.graph.TensorSpec;
import org.tensorflow.ndarray.Shape;

/**
 * Attention of many heads of which several compare with the same keys (Ainslie et al. 2023): query
 * (batch, queries, features), value and key (batch, keys, features) → (batch, queries, features).
 *
 * <p>Its weights are {@code query/kernel} (features, query heads, head_dim), {@code query/bias}
 * (query heads, head_dim), the same of {@code gate} if there is one, and of {@code key} and {@code
 * value} for the heads of keys and values, {@code attention_output/kernel} (query heads, head_dim,
 * features) and {@code attention_output/bias} (features).
 *
 * <p>By default there are biases, no dropout, no gate and no window. Kernels begin Glorot uniform,
 * biases with zeros, without penalties or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/attention_layers/group_query_attention/">Keras:
 *     GroupQueryAttention</a>
 */
public record GroupQueryAttention(Config config) implements HeadAttention<GroupQueryAttention> {
  private static final Key<Integer> HEAD_DIM = Key.required("head_dim", Codec.positive());
  private static final Key<Integer> QUERY_HEADS = Key.required("num_query_heads", Codec.positive());
  private static final Key<Integer> KEY_VALUE_HEADS =
      Key.required("num_key_value_heads", Codec.positive());

  /** How the layer is written and read. */
  public static final Schema<GroupQueryAttention> SCHEMA =
      Layer.schema("GroupQueryAttention", GroupQueryAttention::new, HEAD_DIM, QUERY_HEADS)
          .with(KEY_VALUE_HEADS, USE_BIAS, USE_GATE, SLIDING_WINDOW, FLASH_ATTENTION, DROPOUT)
          .with(KERNEL.initializer(), BIAS.initializer())
          .with(KERNEL.regularizer(), BIAS.regularizer(), ACTIVITY_REGULARIZER)
          .with(KERNEL.constraint(), BIAS.constraint(), QUIET_SEED)
          // Its name in Python's source, and in files of the old format.
          .alias("GroupedQueryAttention");

  /** Checks that the heads go together. */
  public GroupQueryAttention {
    if (config.get(QUERY_HEADS) % config.get(KEY_VALUE_HEADS) != 0) {
      throw new IllegalArgumentException(
          "GroupQueryAttention num_query_heads: expected a multiple of num_key_value_heads "
              + config.get(KEY_VALUE_HEADS)
              + ", got "
              + config.get(QUERY_HEADS)
              + ".");
    }
  }

  /**
   * The layer.
   *
   * @param headDim how many numbers each head compares and finds
   * @param queryHeads how many heads of queries there are
   * @param keyValueHeads how many heads of keys and values there are, of which that is a multiple
   * @throws IllegalArgumentException if one of them is below 1, or it is no multiple
   */
  public static GroupQueryAttention of(int headDim, int queryHeads, int keyValueHeads) {
    return new GroupQueryAttention(
        SCHEMA
            .config()
            .with(HEAD_DIM, headDim)
            .with(QUERY_HEADS, queryHeads)
            .with(KEY_VALUE_HEADS, keyValueHeads));
  }

  @Override
  public String pythonClass() {
    return "GroupedQueryAttention";
  }

  @Override
  public int compared() {
    return config.get(HEAD_DIM);
  }

  /** As Keras' layer, whose softmax makes truths of numbers if nothing else does before. */
  @Override
  public boolean roundsMasks() {
    return true;
  }

  @Override
  public List<Integer> attended(int rank) {
    return List.of(1);
  }

  @Override
  public List<TensorSpec> outputs(Inputs inputs) {
    List<Shape> shapes = HeadAttention.shapes(inputs);
    Shape query = shapes.get(0);
    Shape value = shapes.get(1);
    if (query.numDimensions() != 3 || query.get(2) != value.get(2)) {
      throw inputs.refuse("query and value of rank 3 with as many features", "");
    }
    inner(inputs).forEach(dense -> dense.layer().outputs(dense.inputs()));
    DType type = DType.of(policy().computeType());
    List<TensorSpec> outputs = new ArrayList<>(List.of(new TensorSpec(query, type)));
    if (inputs.arguments().flag("return_attention_scores", false)) {
      Shape scores = Shape.of(query.get(0), config.get(QUERY_HEADS), query.get(1), value.get(1));
      outputs.add(new TensorSpec(scores, type));
    }
    return List.copyOf(outputs);
  }

  @Override
  public List<InnerLayer> inner(Inputs inputs) {
    List<Shape> shapes = HeadAttention.shapes(inputs);
    Shape query = shapes.get(0);
    int size = config.get(HEAD_DIM);
    int heads = config.get(QUERY_HEADS);
    Projection queries = Projection.of(config, 1, List.of(heads, size));
    Projection keys = Projection.of(config, 1, List.of(config.get(KEY_VALUE_HEADS), size));
    List<InnerLayer> inner = new ArrayList<>();
    inner.add(dense("_query_dense", "query", queries, query));
    inner.add(dense("_key_dense", "key", keys, shapes.get(2)));
    if (config.get(USE_GATE)) {
      inner.add(dense("_gate_dense", "gate", queries.sigmoid(), query));
    }
    inner.add(dense("_value_dense", "value", keys, shapes.get(1)));
    Projection output = Projection.of(config, 2, List.of(Math.toIntExact(query.get(2))));
    Shape found = Shape.of(query.get(0), query.get(1), heads, size);
    inner.add(dense("_output_dense", "attention_output", output, found));
    return List.copyOf(inner);
  }

  private static InnerLayer dense(String attribute, String name, Projection layer, Shape input) {
    return new InnerLayer(attribute, name, layer, new Inputs(name, List.of(input)));
  }

  @Override
  public Schema<GroupQueryAttention> schema() {
    return SCHEMA;
  }
}
