package kerava.layers.attention;

import static kerava.layers.ActivationArguments.ACTIVITY_REGULARIZER;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kerava.InnerLayer;
import kerava.Inputs;
import kerava.Layer;
import kerava.LayerCall;
import kerava.config.Codec;
import kerava.config.Config;
import kerava.config.Key;
import kerava.config.Schema;
import kerava.graph.DType;
import kerava.graph.TensorSpec;
import kerava.graph.TensorValue;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TBool;

/**
 * Attention of many heads side by side (Vaswani et al. 2017): query (batch, queries, features),
 * value and key (batch, keys, features) → (batch, queries, features of the query).
 *
 * <p>Its weights are {@code query/kernel} (features, heads, key_dim), {@code query/bias} (heads,
 * key_dim), the same of {@code key}, of {@code gate} if there is one, and of {@code value} with
 * value_dim in place of key_dim, {@code attention_output/kernel} (heads, value_dim, features) and
 * {@code attention_output/bias} (features).
 *
 * <p>By default there are biases, no dropout, no gate and no window; value_dim is key_dim, all axes
 * between batch and features are attended over, and the output has the features of the query.
 * Kernels begin Glorot uniform, biases with zeros, without penalties or bounds.
 *
 * @param config the arguments
 * @see <a href="https://keras.io/api/layers/attention_layers/multi_head_attention/">Keras:
 *     MultiHeadAttention</a>
 */
public record MultiHeadAttention(Config config) implements HeadAttention<MultiHeadAttention> {
  private static final Key<Integer> NUM_HEADS = Key.required("num_heads", Codec.positive());
  private static final Key<Integer> KEY_DIM = Key.required("key_dim", Codec.positive());
  private static final Key<Optional<Integer>> VALUE_DIM =
      Key.optional("value_dim", Codec.positive());
  private static final Key<Optional<List<Integer>>> OUTPUT_SHAPE =
      Key.optional("output_shape", Codec.oneOrMany(Codec.positive()));
  private static final Key<Optional<List<Integer>>> ATTENTION_AXES =
      Key.optional("attention_axes", Codec.oneOrMany(Codec.integer()));

  /** How the layer is written and read. */
  public static final Schema<MultiHeadAttention> SCHEMA =
      Layer.schema("MultiHeadAttention", MultiHeadAttention::new, NUM_HEADS, KEY_DIM, VALUE_DIM)
          .with(DROPOUT, USE_BIAS, USE_GATE, OUTPUT_SHAPE, ATTENTION_AXES)
          .with(SLIDING_WINDOW, FLASH_ATTENTION)
          .with(KERNEL.initializer(), BIAS.initializer())
          .with(KERNEL.regularizer(), BIAS.regularizer(), ACTIVITY_REGULARIZER)
          .with(KERNEL.constraint(), BIAS.constraint(), QUIET_SEED);

  /**
   * The layer.
   *
   * @param heads how many heads there are
   * @param keyDim how many numbers of queries and keys each head compares
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static MultiHeadAttention of(int heads, int keyDim) {
    return new MultiHeadAttention(SCHEMA.config().with(NUM_HEADS, heads).with(KEY_DIM, keyDim));
  }

  private <T> MultiHeadAttention with(Key<T> key, T value) {
    return new MultiHeadAttention(config.with(key, value));
  }

  /**
   * The same layer whose heads find another number of numbers; as many as they compare by default.
   */
  public MultiHeadAttention valueDim(int size) {
    return with(VALUE_DIM, Optional.of(size));
  }

  /** The same layer with other sizes of the output behind its steps; the query's by default. */
  public MultiHeadAttention outputShape(int... sizes) {
    return with(OUTPUT_SHAPE, Optional.of(Arrays.stream(sizes).boxed().toList()));
  }

  /**
   * The same layer that attends over other axes of its inputs; all between batch and features by
   * default.
   */
  public MultiHeadAttention attentionAxes(int... axes) {
    return with(ATTENTION_AXES, Optional.of(Arrays.stream(axes).boxed().toList()));
  }

  @Override
  public int compared() {
    return config.get(KEY_DIM);
  }

  /** The query's own, also where Keras' layer is called with another. */
  @Override
  public Optional<Operand<TBool>> queryMask(LayerCall call) {
    return call.value("query").flatMap(TensorValue::mask);
  }

  /** As Keras' layer, which keeps to itself what it knows of the steps that count. */
  @Override
  public List<String> takesMasks() {
    return List.of("query", "value", "key");
  }

  private int found() {
    return config.get(VALUE_DIM).orElse(config.get(KEY_DIM));
  }

  @Override
  public List<Integer> attended(int rank) {
    return config
        .get(ATTENTION_AXES)
        .map(axes -> axes.stream().map(axis -> axis < 0 ? axis + rank - 1 : axis).toList())
        .orElseGet(() -> IntStream.range(1, rank - 2).boxed().toList());
  }

  @Override
  public List<TensorSpec> outputs(Inputs inputs) {
    List<Shape> shapes = HeadAttention.shapes(inputs);
    Shape query = shapes.get(0);
    int rank = query.numDimensions();
    List<Integer> axes = attended(rank + 1);
    if (axes.stream().anyMatch(axis -> axis < 1 || axis > rank - 2)
        || axes.stream().distinct().count() != axes.size()) {
      throw inputs.refuse(
          "attention_axes between those of batch and features, got " + axes + " for inputs", "");
    }
    inner(inputs).forEach(dense -> dense.layer().outputs(dense.inputs()));
    Shape output = joined(query.subShape(0, rank - 1), output(query));
    DType type = DType.of(policy().computeType());
    List<TensorSpec> outputs = new ArrayList<>(List.of(new TensorSpec(output, type)));
    if (inputs.arguments().flag("return_attention_scores", false)) {
      outputs.add(new TensorSpec(scores(query, shapes.get(1), axes), type));
    }
    return List.copyOf(outputs);
  }

  private List<Integer> output(Shape query) {
    int features = Math.toIntExact(query.get(query.numDimensions() - 1));
    return config.get(OUTPUT_SHAPE).orElse(List.of(features));
  }

  private static Shape joined(Shape first, List<Integer> sizes) {
    Shape joined = first;
    for (int size : sizes) {
      joined = joined.append(size);
    }
    return joined;
  }

  private Shape scores(Shape query, Shape value, List<Integer> axes) {
    Shape scores = Shape.of(query.get(0));
    for (int axis = 1; axis < query.numDimensions() - 1; axis++) {
      scores = axes.contains(axis) ? scores : scores.append(query.get(axis));
    }
    scores = scores.append(config.get(NUM_HEADS));
    for (Shape given : List.of(query, value)) {
      for (int axis : axes) {
        scores = scores.append(given.get(axis));
      }
    }
    return scores;
  }

  @Override
  public List<InnerLayer> inner(Inputs inputs) {
    List<Shape> shapes = HeadAttention.shapes(inputs);
    Shape query = shapes.get(0);
    int heads = config.get(NUM_HEADS);
    Projection compared = Projection.of(config, 1, List.of(heads, config.get(KEY_DIM)));
    Projection found = Projection.of(config, 1, List.of(heads, found()));
    List<InnerLayer> inner = new ArrayList<>();
    inner.add(dense("query_dense", "query", compared, query));
    inner.add(dense("key_dense", "key", compared, shapes.get(2)));
    if (config.get(USE_GATE)) {
      inner.add(dense("_gate_dense", "gate", found.sigmoid(), query));
    }
    inner.add(dense("value_dense", "value", found, shapes.get(1)));
    Shape each = query.subShape(0, query.numDimensions() - 1).append(heads).append(found());
    inner.add(
        dense("output_dense", "attention_output", Projection.of(config, 2, output(query)), each));
    return List.copyOf(inner);
  }

  private static InnerLayer dense(String attribute, String name, Projection layer, Shape input) {
    return new InnerLayer(attribute, name, layer, new Inputs(name, List.of(input)));
  }

  @Override
  public Schema<MultiHeadAttention> schema() {
    return SCHEMA;
  }
}
